namespace DeepGpu.Models;

/// <summary>What layers that yield numbers of categories have in common.</summary>
public abstract record CategoryLayer : UnaryLayer
{
    private protected static Shape Encoded(Shape input, OutputMode mode, int depth)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (mode == OutputMode.Int) return input;
        if (mode == OutputMode.OneHot) return input.Rank > 1 && input[^1] == 1 ? input.With(input.Rank - 1, depth) : new Shape([.. input.Axes, depth]);
        return input.Rank > 1 ? input.With(input.Rank - 1, depth) : throw new ShapeException("an axis of categories after the batch", "Use OneHot for single categories.");
    }

    private protected static OutputMode Known(OutputMode mode, string owner) => mode != OutputMode.TfIdf ? mode : throw Require.OutOfRange(owner, nameof(OutputMode), "Int, OneHot, MultiHot or Count", mode);
}
