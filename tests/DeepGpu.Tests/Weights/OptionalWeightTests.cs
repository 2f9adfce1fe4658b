using DeepGpu.Models;
using DeepGpu.Numbers;

namespace DeepGpu.Tests.Weights;

/// <summary>Layers whose options add or remove a weight, through both forms of file that Keras reads.</summary>
public class OptionalWeightTests
{
    private static readonly Layer[] Layers =
    [
        new LayerNormalization { RmsScaling = true, Scale = false }, new LayerNormalization { Center = false },
            new LayerNormalization { Scale = false },
        new GroupNormalization { Groups = 2, Scale = false }, new BatchNormalization { Center = false },
            new BatchNormalization { Scale = false, Renorm = true },
        new EinsumDense("abc,cde->abde", [3, 2, 4]) { BiasAxes = "be" }, new PReLU { SharedAxes = [1] }, new GRU(3) { ResetAfter = false },
        new LSTM(3) { UseBias = false }, new Normalization(), new SeparableConv1D(3, 2) { DepthMultiplier = 2, UseBias = false },
        new TimeDistributed(new LayerNormalization { RmsScaling = true }),
            new Dense(2) { BiasInitializer = new Constant(new double[] { 0.5, -2 }) },
    ];

    public static TheoryData<int, string, string> Rows
        => new(Layers.SelectMany((layer, i) => new[] { ".keras", ".h5" }.Select(extension => (i, layer.GetType().Name, extension))));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_model_returns_from_its_file_with_the_weights_it_has(int index, string name, string extension)
    {
        name.Should().Be(Layers[index].GetType().Name);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        try
        {
            using var model = Sequential.Input(3, 4).Apply(Layers[index]).Build().ToModel(Device.Cpu, seed: 1);
            for (var i = 0; i < model.Weights.Count; i++) model.Weights[i].Load(Numbers(model.Weights[i].Spec, i));
            model.Save(path);
            using var read = Model.Load(path, Device.Cpu);
            read.Spec.Layers[^1].Layer.Should().Be(Layers[index] with { Name = read.Spec.Layers[^1].Name });
            foreach (var (weight, other) in model.Weights.Zip(read.Weights)) other.ToArray().ToArray<float>()
                .Should().Equal(weight.ToArray().ToArray<float>());
            read.Weights.Should().HaveCount(model.Weights.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static NDArray Numbers(WeightSpec spec, int seed)
    {
        var random = new StableRandom(seed);
        return NDArray.From<float>([.. Enumerable.Range(0, (int)spec.Count).Select(_ => (float)random.NextDouble(0.5, 2))],
            [.. spec.Shape]);
    }
}
