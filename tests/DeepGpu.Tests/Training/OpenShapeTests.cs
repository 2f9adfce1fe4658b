using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>Lengths that a model leaves open are checked with the data, by the rules of the layers they go through.</summary>
public class OpenShapeTests
{
    public static IEnumerable<ITheoryDataRow> OpenLengths()
    {
        SymbolicTensor Open(params int?[] shape) => Functional.Input(new InputLayer(new Shape([null, .. shape])));
        (string Layer, Func<(IReadOnlyList<SymbolicTensor>, SymbolicTensor)> Make, int[][] Shapes)[] cases =
        [
            ("dot", () => Pair(Open(null, 4), Open(null, 4), (a, b) => a.Apply(new Dot(1), b)), [[2, 3, 4], [2, 4, 4]]),
            ("attention", () => Pair(Open(null, 4), Open(null, 4), (a, b) => a.Apply(new Attention(), b, b.Apply(new Cropping1D(1)))),
                [[2, 3, 4], [2, 4, 4]]),
            ("additive_attention", () => Pair(Open(null, 4), Open(null, 4), (a, b)
                => a.Apply(new AdditiveAttention(), b, b.Apply(new Cropping1D(1)))), [[2, 3, 4], [2, 4, 4]]),
            ("multi_head_attention", () => Pair(Open(null, 4), Open(null, 4), (a, b)
                => a.Apply(new MultiHeadAttention(2, 3), b, b.Apply(new Cropping1D(1)))), [[2, 3, 4], [2, 4, 4]]),
            ("conv1d", () => One(Open(null, 4), x => x.Apply(new Conv1D(2, 5))), [[2, 3, 4]]),
            ("cropping2d", () => One(Open(null, null, 3), x => x.Apply(new Cropping2D(2))), [[1, 4, 4, 3]]),
            ("max_pooling1d", () => One(Open(null, 4), x => x.Apply(new MaxPooling1D(4))), [[2, 3, 4]]),
            ("reshape", () => One(Open(null, 4), x => x.Apply(new Reshape(-1, 8))), [[2, 3, 4]]),
            ("add", () => Pair(Open(null, 4), Open(null, 4), (a, b) => a.Apply(new Add(), b)), [[2, 3, 4], [2, 4, 4]]),
            ("concatenate", () => One(Open(null, null, 2), x => x.Apply(new MaxPooling2D(2)).Apply(new UpSampling2D(2))
                .Apply(new Concatenate(), x)), [[1, 5, 5, 2]]),
            ("matmul", () => Pair(Open(null, 4), Open(null, 4), (a, b) => a.Apply(new TensorFunction("Matmul"), b)),
                [[2, 3, 4], [2, 3, 4]]),
        ];
        return cases.Select(row => new TheoryDataRow<string, Func<(IReadOnlyList<SymbolicTensor>, SymbolicTensor)>,
            int[][]>(row.Layer, row.Make, row.Shapes));
    }

    [Theory]
    [MemberData(nameof(OpenLengths))]
    public void Lengths_left_open_are_checked_before_torch(string layer,
        Func<(IReadOnlyList<SymbolicTensor> Inputs, SymbolicTensor Output)> make, int[][] shapes)
    {
        var (inputs, output) = make();
        using var model = Functional.Model(inputs, [output]).ToModel(Device.Cpu);
        var fault = FluentActions.Invoking(() => model.Predict([.. shapes.Select((shape, i) => RandomArray.Between(-2, 2, i, shape))]))
            .Should().Throw<TrainingDataException>().Which;
        fault.Message.Should().Contain(layer).And.Contain(shapes[0][1].ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static (IReadOnlyList<SymbolicTensor>, SymbolicTensor) One(SymbolicTensor x, Func<SymbolicTensor, SymbolicTensor> layer)
        => ([x], layer(x));

    private static (IReadOnlyList<SymbolicTensor>, SymbolicTensor) Pair(SymbolicTensor a, SymbolicTensor b, Func<SymbolicTensor,
        SymbolicTensor, SymbolicTensor> layer)
        => ([a, b], layer(a, b));
}
