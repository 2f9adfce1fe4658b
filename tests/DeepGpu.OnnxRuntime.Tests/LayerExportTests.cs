using DeepGpu.Export;
using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Tests.Layers;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>Every case of the layers' contract goes through export and ONNX Runtime.</summary>
public class LayerExportTests
{
    private const int Batch = 3;

    public static IEnumerable<ITheoryDataRow> Rows => LayerCases.All.Select((c, i) => new TheoryDataRow<int, string>(i, c.Name));

    public static TheoryData<int> Opsets => [OnnxOptions.OldestOpset, 18, 20, OnnxOptions.NewestOpset];

    [Fact]
    public void Every_layer_has_a_rule_or_a_reason()
        => typeof(Layer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)
            .Where(type => ExportTable.Default.Find(type) is not { } row || row.Rule is null && row.Reason is null).Should().BeEmpty();

    [Fact]
    public void Every_function_has_a_rule_or_a_reason()
        => TensorFunctions.Names.Except(FunctionRules.Names).Except(FunctionRules.Refused.Keys).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_layer_predicts_the_same(int index, string name)
    {
        var c = LayerCases.All[index];
        c.Name.Should().Be(name);
        Compare(c, OnnxOptions.Default);
    }

    [Theory]
    [MemberData(nameof(Opsets))]
    public void Layers_predict_the_same_with_every_version_of_the_operators(int opset)
    {
        foreach (var c in LayerCases.All.DistinctBy(c => (c.Layer.GetType(), (c.Layer as ActivationLayer)?.Activation)))
            Compare(c, new() { Opset = opset });
    }

    private static void Compare(LayerCase c, OnnxOptions options)
    {
        using var exported = Exported.Layer(c.Layer, c.Inputs);
        NDArray[] inputs = [.. c.Inputs.Select((shape, i) => Input(c, [.. shape.Axes.Select(n => n ?? Batch)], i))];
        NDArray?[] masks = [.. c.Inputs.Select((shape, i) => i >= c.MaskedFrom ? Mask(shape[1]!.Value) : null)];
        if (IsRefused(c.Layer))
            FluentActions.Invoking(() => exported.Run(inputs, masks, options)).Should().Throw<DeepGpuException>()
                .Which.Fault.Code.Should().Be("onnx_layer");
        else Exported.Check(exported.Run(inputs, masks, options), exported.Live(inputs, masks));
    }

    private static bool IsRefused(Layer layer) => layer is Hashing or HashedCrossing or SequenceLayer { Stateful: true };

    private static NDArray Input(LayerCase c, int[] shape, int seed)
    {
        var (random, count) = (new Random(seed + 7), shape.Aggregate(1, (a, b) => a * b));
        return c.Below is { } below
            ? NDArray.From<long>([.. Enumerable.Range(0, count).Select(i => (long)((i * 7 + i / 5) % below))], shape)
            : NDArray.From<float>([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)], shape);
    }

    /// <summary>The first sample ends early, the second starts late, the third has a hole.</summary>
    private static NDArray Mask(int steps)
        => NDArray.From<bool>([.. Enumerable.Range(0, steps).Select(t => t < steps - 1), .. Enumerable.Range(0, steps).Select(t => t > 0),
            .. Enumerable.Range(0, steps).Select(t => t != 1)], 3, steps);
}
