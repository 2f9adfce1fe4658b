using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>While training, sets a share of the elements to 0 and scales the rest by 1 / (1 - rate). Srivastava et al., 2014.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/dropout/</remarks>
public sealed record Dropout : UnaryLayer
{
    /// <summary>Makes a dropout layer.</summary>
    /// <param name="rate">The share set to 0, in [0, 1).</param>
    public Dropout(double rate) => Rate = rate;

    /// <summary>The share set to 0, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(Dropout), nameof(Rate)); }

    /// <summary>The shape of the pattern, the batch included; an axis of 1 is dropped as a whole, null takes the input's length. Default: the input's shape.</summary>
    public ImmutableArray<int?>? NoiseShape { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;
}
