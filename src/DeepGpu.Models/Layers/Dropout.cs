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

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;
}
