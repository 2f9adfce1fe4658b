using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Layers around other layers.</summary>
internal static class WrapperRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<Bidirectional>(BothWays)
        .With<TimeDistributed>(EachStep, castsInputs: false)
        .With<SpectralNormalization>((layer, context, inputs) => [new(context.Run(layer.Layer, "layer", inputs[0].Tensor))],
            castsInputs: false)
        .With<NestedModel>((layer, context, inputs) => ExportGraph.Run(layer.Model, inputs, node => context.Inner(node.Name),
            (node, reason) => throw new ExportRefusal($"holds '{node.Name}' ({node.Type}), which {reason}")), castsInputs: false);

    private static IReadOnlyList<ExportSignal> BothWays(Bidirectional layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, (first, second)) = (context.Graph, Bidirectional.Split(inputs));
        var forward = context.Run(layer.Forward, "forward_layer", first);
        var backward = context.Run(layer.Backward, "backward_layer", second);
        var reversed = layer.Layer.ReturnSequences ? g.Flip(backward[0].Tensor, 1) : backward[0].Tensor;
        IEnumerable<ExportSignal> outputs = layer.MergeMode is { } mode
            ? [forward[0] with { Tensor = Merge(g, forward[0].Tensor, reversed, mode) }]
            : [forward[0], backward[0] with { Tensor = reversed }];
        return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
    }

    private static GraphValue Merge(GraphWriter g, GraphValue forward, GraphValue backward, MergeMode mode) => mode switch
    {
        MergeMode.Sum => g.Add(forward, backward),
        MergeMode.Mul => g.Multiply(forward, backward),
        MergeMode.Ave => g.Divide(g.Add(forward, backward), 2),
        _ => g.Concatenate([forward, backward], -1),
    };

    /// <summary>The steps as samples, and back.</summary>
    private static IReadOnlyList<ExportSignal> EachStep(TimeDistributed layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, (x, mask)) = (context.Graph, inputs[0]);
        var flat = g.Reshape(x, [new Dim(x.Shape[0] * x.Shape[1]), .. Dim.AllOf(x).Skip(2)]);
        var output = context.Run(layer.Layer, "layer", flat);
        return [new(g.Reshape(output, [Dim.Along(x, 0), Dim.Along(x, 1), .. Dim.AllOf(output).Skip(1)]), mask)];
    }
}
