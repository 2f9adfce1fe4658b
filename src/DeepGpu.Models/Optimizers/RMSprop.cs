namespace DeepGpu.Models;

/// <summary>Divides the gradient by the root of its running mean square. Hinton, 2012.</summary>
/// <remarks>Epsilon is added inside the root. http://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
/// Keras: https://keras.io/api/optimizers/rmsprop/</remarks>
public sealed record RMSprop : Optimizer
{
    /// <summary>Decay of the running means, in [0, 1). Default 0.9.</summary>
    public double Rho { get; init => field = Require.Fraction(value, nameof(RMSprop), nameof(Rho)); } = 0.9;

    /// <summary>The share of the last step that is repeated, in [0, 1). Default 0.</summary>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(RMSprop), nameof(Momentum)); }

    /// <summary>Keeps the division finite, above 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(RMSprop), nameof(Epsilon)); } = 1e-7;

    /// <summary>Whether the square of the mean gradient is taken off the mean square: the variance. Default false.</summary>
    public bool Centered { get; init; }

    /// <summary>The mean square, with momentum the last step, centered the mean gradient.</summary>
    protected override int SlotCount => 1 + (Momentum > 0 ? 1 : 0) + (Centered ? 1 : 0);
}
