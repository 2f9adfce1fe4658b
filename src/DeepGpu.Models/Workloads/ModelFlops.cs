using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.Workloads;

/// <summary>Adds up what one sample's forward pass computes, layer by layer.</summary>
internal static class ModelFlops
{
    public static IReadOnlyDictionary<string, double?> ByLayer(ModelSpec spec)
    {
        var batch = spec.Inputs.Select(input => input.OutputShapes[0][0]).FirstOrDefault(length => length is not null) ?? 1;
        var shapes = ShapeInference.Run(spec, [.. spec.Inputs.Select(input => input.OutputShapes[0].With(0, batch))]);
        return spec.Nodes.GroupBy(node => node.Name)
            .ToDictionary(calls => calls.Key, calls => Sum(calls.Select(node => OfNode(node, shapes))) / batch, StringComparer.Ordinal);
    }

    /// <summary>The sum; null if any part of it is.</summary>
    public static double? Sum(IEnumerable<double?> parts) => parts.Aggregate((double?)0, (sum, part) => sum + part);

    private static double? OfNode(ModelNode node, IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> shapes)
    {
        List<Shape> inputs = [.. node.Inputs.Select(input => shapes[input.Node][input.Index])];
        return inputs.All(input => input.Elements is not null)
            ? Sum(node.Layer.Operations(node.Name, inputs)
                .Select(operation => operation.HasKnownWork ? operation.ForwardFlops : (double?)null))
            : null;
    }
}
