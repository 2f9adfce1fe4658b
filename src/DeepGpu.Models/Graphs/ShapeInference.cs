using DeepGpu.Models.Shapes;

namespace DeepGpu.Models.Graphs;

/// <summary>Works out a finished model's shapes again for other inputs: a batch size, a number of time steps.</summary>
internal static class ShapeInference
{
    /// <summary>The output shapes of every node.</summary>
    /// <exception cref="ShapeException">An input's shape contradicts the model's.</exception>
    public static IReadOnlyDictionary<ModelNode, IReadOnlyList<Shape>> Run(ModelSpec model, IReadOnlyList<Shape> inputs)
        => Run(model, inputs, (node, shapes) => node.Layer.At(inputs).OutputShapes(shapes));

    /// <summary>The first layer that cannot take what reaches it when the inputs have these shapes; null if there is none.</summary>
    /// <remarks>The rules are those of building: lengths that were open then are known now.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The shapes of its inputs, as many as it has and each fitting the declared one.</param>
    public static Fault? FirstMisfit(ModelSpec model, IReadOnlyList<Shape> inputs)
    {
        try
        {
            Checked(model, inputs, "");
            return null;
        }
        catch (ModelBuildException found)
        {
            return found.Fault;
        }
    }

    private static Dictionary<ModelNode, IReadOnlyList<Shape>> Checked(ModelSpec model, IReadOnlyList<Shape> inputs, string prefix)
        => Run(model, inputs, (node, shapes) => Checked(node with { Layer = node.Layer.At(inputs) }, shapes, prefix));

    /// <summary>The output shapes of a layer, those inside a model in it checked one by one.</summary>
    private static IReadOnlyList<Shape> Checked(ModelNode node, IReadOnlyList<Shape> inputs, string prefix)
    {
        try
        {
            if (node.Layer is not NestedModel { Model: var inner }) return node.Layer.OutputShapes(inputs);
            var shapes = Checked(inner, inputs, $"{prefix}{node.Name}/");
            return [.. inner.Outputs.Select(output => shapes[output.Node][output.Index])];
        }
        catch (Exception e) when (e is ShapeException or OverflowException)
        {
            var misfit = e as ShapeException ?? LayerCall.TooLarge();
            var sources = node.Inputs.Select(input => prefix + input.Node.Name);
            throw new ModelBuildException([ShapeFaults.Misfit(node.Type, prefix + node.Name, [.. sources], inputs, misfit)]);
        }
    }

    private static Dictionary<ModelNode, IReadOnlyList<Shape>> Run(
        ModelSpec model,
        IReadOnlyList<Shape> inputs,
        Func<ModelNode, IReadOnlyList<Shape>, IReadOnlyList<Shape>> apply)
    {
        if (inputs.Count != model.Inputs.Count)
            throw new ShapeException($"{model.Inputs.Count} inputs", "Apply the model to as many values as it has inputs.");
        var shapes = new Dictionary<ModelNode, IReadOnlyList<Shape>>();
        foreach (var (node, shape) in model.Inputs.Zip(inputs)) shapes[node] = [Compatible(shape, node.OutputShapes[0])];
        foreach (var node in model.Nodes.Except(model.Inputs))
        {
            shapes[node] = apply(node, [.. node.Inputs.Select(input => shapes[input.Node][input.Index])]);
        }

        return shapes;
    }

    private static Shape Compatible(Shape given, Shape declared)
        => given.Fits(declared)
            ? given
            : throw new ShapeException($"an input of shape {declared}",
                "Give the outer model that shape, or build the inner one for another.");
}
