namespace DeepGpu.Models;

/// <summary>Repeats a vector along a new time axis.</summary>
/// <remarks>Input (batch, features), output (batch, n, features).
/// Keras: https://keras.io/api/layers/reshaping_layers/repeat_vector/</remarks>
public sealed record RepeatVector : UnaryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="n">How often, at least 1.</param>
    public RepeatVector(int n) => N = n;

    /// <summary>How often, at least 1.</summary>
    public int N { get; init => field = Require.AtLeast(value, 1, nameof(RepeatVector), nameof(N)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Rank == 2
            ? new(input[0], N, input[1])
            : throw new ShapeException("an input of 2 axes (batch, features)", "Add .Flatten() before it.");
    }
}
