namespace DeepGpu.Models;

/// <summary>Rebuilds a model with its layers' options changed; shapes stay.</summary>
internal static class LayerChange
{
    public static ModelSpec Apply(ModelSpec model, Func<Layer, Layer> change) => ApplyNamed(model, (_, layer) => change(layer));

    public static ModelSpec ApplyNamed(ModelSpec model, Func<string, Layer, Layer> change)
    {
        var layers = model.Layers.ToDictionary(node => node.Name, node => change(node.Name, node.Layer), StringComparer.Ordinal);
        var nodes = new Dictionary<ModelNode, ModelNode>();
        NodeOutput New(NodeOutput old) => new(nodes[old.Node], old.Index);
        foreach (var node in model.Nodes)
        {
            var layer = layers[node.Name];
            IReadOnlyList<NodeOutput> inputs = [.. node.Inputs.Select(New)];
            nodes[node] = new(node.Name, layer, inputs, node.OutputShapes, layer.Weights([.. inputs.Select(i => i.Shape)])) { Mask = node.Mask is { } mask ? New(mask) : null };
        }

        return new(model.Name, [.. model.Nodes.Select(node => nodes[node])], [.. model.Inputs.Select(node => nodes[node])], [.. model.Outputs.Select(New)], model.IsSequential);
    }
}
