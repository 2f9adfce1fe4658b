using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Walks a description, a layer at a time.</summary>
internal static class ExportGraph
{
    /// <summary>The values of a model's outputs.</summary>
    /// <param name="spec">The model, or one inside another.</param>
    /// <param name="inputs">The values of its inputs.</param>
    /// <param name="context">Makes the context of a layer.</param>
    /// <param name="refused">Takes what cannot be written: the layer and the reason. Null throws it.</param>
    public static IReadOnlyList<ExportSignal> Run(ModelSpec spec, IReadOnlyList<ExportSignal> inputs,
        Func<ModelNode, ExportContext> context, Action<ModelNode, string>? refused = null)
    {
        var values = new Dictionary<NodeOutput, ExportSignal>();
        foreach (var (node, input) in spec.Inputs.Zip(inputs)) values[new(node, 0)] = input;
        foreach (var node in spec.Nodes.Except(spec.Inputs))
        {
            var outputs = Run(node, context(node), Signals(node, values, context(node).Graph), refused);
            for (var i = 0; i < outputs.Count; i++) values[new(node, i)] = outputs[i];
        }

        return [.. spec.Outputs.Select(output => values[output])];
    }

    private static List<ExportSignal> Signals(ModelNode node, Dictionary<NodeOutput, ExportSignal> values, GraphWriter graph)
    {
        var inputs = node.Inputs.Select(input => values[input]).ToList();
        if (node.DropsMask) inputs[0] = inputs[0] with { Mask = null };
        if (node.Mask is { } mask) inputs[0] = inputs[0] with { Mask = graph.Cast(values[mask].Tensor, DataType.Bool) };
        return inputs;
    }

    private static IReadOnlyList<ExportSignal> Run(ModelNode node, ExportContext context, List<ExportSignal> inputs,
        Action<ModelNode, string>? refused)
    {
        try
        {
            return ExportTable.Default.Run(node.Layer, context, inputs);
        }
        catch (ExportRefusal refusal) when (refused is not null)
        {
            refused(node, refusal.Message);
            return [.. node.OutputShapes.Select(shape => new ExportSignal(context.Graph.Input("refused", shape, DataType.Float32)))];
        }
    }
}
