namespace DeepGpu.Models.Layers;

/// <summary>What activations do to shapes: all keep them but the gated linear unit, which halves the last axis.</summary>
internal static class ActivationShapes
{
    /// <summary>The shape after an activation.</summary>
    /// <exception cref="ShapeException">The last axis cannot be halved.</exception>
    public static Shape OutputShape(this Activation activation, Shape input)
    {
        if (activation != Activation.Glu) return input;
        return input[^1] % 2 is null or 0
            ? input.With(^1, input[^1] / 2)
            : throw new ShapeException($"an even last axis for 'glu', not {input[^1]}", "Give it an even number of features.");
    }

    /// <summary>The activation, if it keeps shapes, as a step of a recurrent layer must.</summary>
    /// <exception cref="DeepGpuArgumentException">It does not.</exception>
    public static Activation KeepingShape(this Activation activation, string owner, string name)
        => activation == Activation.Glu ? throw Require.OutOfRange(owner, name, "a function that keeps the shape", "glu") : activation;
}
