using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.Workloads;

/// <summary>Adds up what one sample's forward pass computes, layer by layer.</summary>
internal static class ModelFlops
{
    public static IReadOnlyDictionary<string, double?> ByLayer(ModelSpec spec)
    {
        var batch = spec.Origin is { } origin ? origin.FixedBatch ?? 1
            : spec.Inputs.Select(input => input.OutputShapes[0][0]).FirstOrDefault(length => length is not null) ?? 1;
        List<Shape> inputs = [.. spec.Inputs.Select(input => InputShapes.At(input, batch, steps: null))];
        var shapes = ShapeInference.Run(spec, inputs);
        return spec.Nodes.GroupBy(node => node.Name).ToDictionary(calls => calls.Key,
            calls => Sum(calls.Select(node => OfNode(node.Layer.At(inputs), node, shapes))) / batch,
            StringComparer.Ordinal);
    }

    /// <summary>The sum; null if any part of it is.</summary>
    public static double? Sum(IEnumerable<double?> parts) => parts.Aggregate((double?)0, (sum, part) => sum + part);

    private static double? OfNode(Layer layer, ModelNode node, IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> shapes)
    {
        List<Shape> inputs = [.. node.Inputs.Select(input => shapes[input.Node][input.Index])];
        return inputs.All(input => input.Elements is not null)
            ? Sum(layer.Operations(node.Name, inputs)
                .Select(operation => operation.HasKnownWork ? operation.ForwardFlops : (double?)null))
            : null;
    }
}
