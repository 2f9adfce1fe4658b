using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Constraints by hand, on the columns (3, 4) and (0.6, -0.8); the reference numbers have none.</summary>
public class ConstraintTests
{
    private static readonly float[] Kernel = [3, 0.6f, 4, -0.8f];

    public static TheoryData<Constraint, float[]> Cases => new()
    {
        { new NonNeg(), [3, 0.6f, 4, 0] },
        { new MaxNorm { MaxValue = 2 }, [1.2f, 0.6f, 1.6f, -0.8f] },
        { new MaxNorm { MaxValue = 2, Axis = 1 }, [1.96116f, 0.39223f, 1.96116f, -0.39223f] },
        { new UnitNorm(), [0.6f, 0.6f, 0.8f, -0.8f] },
        { new MinMaxNorm { MinValue = 2, MaxValue = 4 }, [2.4f, 1.2f, 3.2f, -1.6f] },
        { new MinMaxNorm { MinValue = 2, MaxValue = 4, Rate = 0.5 }, [2.7f, 0.9f, 3.6f, -1.2f] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_constraint_projects(Constraint constraint, float[] expected)
    {
        using var scope = torch.NewDisposeScope();
        constraint.Project(torch.tensor(Kernel).reshape(2, 2)).data<float>().ToArray().Zip(expected)
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
    }

    [Fact]
    public void Training_keeps_a_constraint_and_pays_for_a_regularizer()
    {
        var spec = Sequential.Input(2).Apply(
            new Dense(2) { KernelConstraint = new UnitNorm(), KernelRegularizer = new L2(0.5), BiasRegularizer = new L1(1) }).Build();
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Weights[0].Load(NDArray.From(Kernel, 2, 2));
        model.Weights[1].Load(NDArray.From<float>([1, -2], 2));
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 4, 2), NDArray.Zeros(DataType.Float32, 4, 2));
        model.Evaluate(data)["loss"].Should().BeApproximately(2.5 + 0.5 * 26 + 3, 1e-5);
        model.Fit(data, batchSize: 4);
        var kernel = model.Weights[0].ToArray().ToArray<float>();
        Math.Sqrt(kernel[0] * kernel[0] + kernel[2] * kernel[2]).Should().BeApproximately(1, 1e-5);
        Math.Sqrt(kernel[1] * kernel[1] + kernel[3] * kernel[3]).Should().BeApproximately(1, 1e-5);
    }
}
