namespace DeepGpu.Models;

/// <summary>Works out a finished model's shapes again for other inputs: a batch size, a number of time steps.</summary>
internal static class ShapeInference
{
    /// <summary>The output shapes of every node.</summary>
    /// <exception cref="ShapeException">An input's shape contradicts the model's.</exception>
    public static IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> Run(ModelSpec model, IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != model.Inputs.Count) throw new ShapeException($"{model.Inputs.Count} inputs", "Apply the model to as many values as it has inputs.");
        var shapes = new Dictionary<ModelNode, IReadOnlyList<Shape>>();
        foreach (var (node, shape) in model.Inputs.Zip(inputs)) shapes[node] = [Compatible(shape, node.OutputShapes[0])];
        foreach (var node in model.Nodes.Except(model.Inputs))
        {
            shapes[node] = node.Layer.OutputShapes([.. node.Inputs.Select(input => shapes[input.Node][input.Index])]);
        }

        return shapes;
    }

    private static Shape Compatible(Shape given, Shape declared)
        => given.Fits(declared) ? given : throw new ShapeException($"an input of shape {declared}", "Give the outer model that shape, or build the inner one for another.");
}
