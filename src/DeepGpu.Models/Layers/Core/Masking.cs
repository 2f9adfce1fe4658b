namespace DeepGpu.Models;

/// <summary>Marks the time steps whose features all equal a value as padding that later layers skip, and sets them to 0.</summary>
/// <remarks>Input and output (batch, time, features). Keras: https://keras.io/api/layers/core_layers/masking/</remarks>
public sealed record Masking : UnaryLayer
{
    /// <summary>The value that marks padding, finite. Default 0.</summary>
    public double MaskValue { get; init => field = Require.Finite(value, nameof(Masking), nameof(MaskValue)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;
}
