using System.Globalization;
using DeepGpu.Export;
using DeepGpu.Lowering;
using DeepGpu.Models;
using Google.Protobuf;
using TorchSharp;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>A model beside what it is exported to.</summary>
internal sealed class Exported(Model model) : IDisposable
{
    public const double Tolerance = 1e-5;

    public Model Model { get; } = model;

    /// <summary>A layer as a model of its own, with numbers in every weight that tell axes and gates apart.</summary>
    public static Exported Layer(Layer layer, IReadOnlyList<Shape> inputs)
    {
        var symbols = inputs.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
        var exported = new Exported(Functional.Model(symbols, symbols[0].ApplyAll(layer, symbols.Skip(1))).ToModel(Device.Cpu, seed: 1));
        foreach (var (weight, seed) in exported.Model.Weights.Select((weight, i) => (weight, i + 1))) Fill(weight, seed);
        return exported;
    }

    /// <summary>What the model yields itself.</summary>
    public IReadOnlyList<NDArray> Live(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray?> masks)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var signals = inputs.Zip(masks, (input, mask)
            => new Signal(Tensors.From(input, torch.CPU), mask is null ? null : Tensors.From(mask, torch.CPU)));
        return [.. Model.Graph.Run([.. signals], ForwardContext.Inference).Select(output => Tensors.ToArray(output.Tensor))];
    }

    /// <summary>What ONNX Runtime makes of it.</summary>
    public IReadOnlyList<NDArray> Run(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray?> masks, OnnxOptions? options = null)
    {
        var byName = Model.Weights.ToDictionary(weight => weight.Name);
        var proto = OnnxExport.Build(Model.Spec, name => byName[name].ToArray(), options ?? OnnxOptions.Default,
            [.. masks.Select(mask => mask is not null)]);
        using var predictor = OnnxPredictor.Load(proto.ToByteArray());
        return predictor.Predict([.. inputs.Zip(masks, (input, mask) => new[] { input, mask }).SelectMany(pair => pair).OfType<NDArray>()]);
    }

    /// <summary>Fails unless arrays agree.</summary>
    public static void Check(IReadOnlyList<NDArray> actual, IReadOnlyList<NDArray> expected, double tolerance = Tolerance)
    {
        actual.Should().HaveCount(expected.Count);
        foreach (var (mine, theirs) in actual.Zip(expected))
        {
            mine.Shape.Should().Equal(theirs.Shape);
            mine.Type.Should().Be(theirs.Type);
            var (numbers, wanted) = (Numbers(mine), Numbers(theirs));
            var worst = numbers.Zip(wanted, (a, b) => a.Equals(b) ? 0 : Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).DefaultIfEmpty().Max();
            (worst <= tolerance).Should().BeTrue("[{0}] should be [{1}], largest difference {2}", Text(numbers), Text(wanted), worst);
        }
    }

    public void Dispose() => Model.Dispose();

    private static double[] Numbers(NDArray array) => Models.Values.ElementNumbers.Of(array);

    private static string Text(double[] numbers)
        => string.Join(' ', numbers.Take(24).Select(n => n.ToString("g5", CultureInfo.InvariantCulture)));

    private static void Fill(LiveWeight weight, int seed)
    {
        var name = weight.Name.Split('/')[^1];
        if (name == "g_idx") return;
        var random = new Random(seed);
        var isPositive = name.Contains("variance") || name.Contains("stddev") || name.Contains("scale") || name.Contains("gamma");
        var count = (int)weight.Spec.Count;
        weight.Load(weight.Spec.ElementType == DataType.Int8
            ? NDArray.From<sbyte>([.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-120, 121))], [.. weight.Spec.Shape])
            : NDArray.From<float>([.. Enumerable.Range(0, count).Select(_ => isPositive ? 0.5f + random.NextSingle()
                : random.NextSingle() * 1.4f - 0.7f)], [.. weight.Spec.Shape]));
    }
}
