namespace DeepGpu.Models.Layers;

/// <summary>The last axis of what a layer multiplies with a matrix.</summary>
internal static class LastAxis
{
    /// <summary>Its length.</summary>
    /// <exception cref="ShapeException">It is open, or the input has no axis beside the batch.</exception>
    public static int Of(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Rank >= 2 && input[^1] is { } features
            ? features
            : throw new ShapeException("an input whose last axis is known", "Give the model's input a full shape.");
    }
}
