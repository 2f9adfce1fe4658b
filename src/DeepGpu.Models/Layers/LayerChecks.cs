namespace DeepGpu.Models.Layers;

/// <summary>Whether a weight, or an output, has the axes that its initializer, penalty and constraint are made for:
/// what Keras refuses when a layer is built.</summary>
internal static class LayerChecks
{
    /// <summary>Checks one weight.</summary>
    /// <exception cref="ShapeException">It has not: the weight is named.</exception>
    public static void Check(WeightSpec weight)
    {
        var start = weight.Initializer switch { ForgetGateOnes bias => bias.Others, RootOf root => root.Variance, var own => own };
        if (start is IdentityInitializer && weight.Shape.Length != 2)
            throw Misfit(weight, "2 axes for the initializer Identity", "initializer");
        if (start is Orthogonal && weight.Shape.Length < 2)
            throw Misfit(weight, "at least 2 axes for the initializer Orthogonal", "initializer");
        if (start is Constant { Value: var value } && !value.Fills(weight.Shape))
            throw Misfit(weight, $"a shape that its constant, {value}, repeats to", "initializer");
        if (weight.Regularizer is OrthogonalRegularizer && weight.Shape.Length != 2)
            throw Misfit(weight, "2 axes for the OrthogonalRegularizer", "regularizer");
        CheckConstraint(weight);
    }

    private static void CheckConstraint(WeightSpec weight)
    {
        foreach (var axis in weight.Constraint?.NormAxes ?? [])
        {
            if (axis >= weight.Shape.Length || axis < -weight.Shape.Length)
                throw Misfit(weight, $"the axis {axis} of its constraint", "axis, or another constraint");
        }
    }

    /// <summary>Checks that the outputs have the axes that the layer's penalty on them is made for.</summary>
    /// <exception cref="ShapeException">They have not.</exception>
    public static void CheckActivity(Layer layer, IReadOnlyList<Shape> outputs)
    {
        if (layer.ActivityRegularizer is not OrthogonalRegularizer || outputs.All(output => output.Rank == 2)) return;
        throw new ShapeException(
            $"an output with 2 axes for the OrthogonalRegularizer of its activity, not {string.Join(" and ", outputs)}",
            "Choose another activity regularizer.");
    }

    private static ShapeException Misfit(WeightSpec weight, string needs, string choose)
        => new($"a weight '{weight.Name}' with {needs}, not one of shape ({string.Join(", ", weight.Shape)})",
            $"Choose another {choose} for this weight.");
}
