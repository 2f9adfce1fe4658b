namespace DeepGpu.Models;

/// <summary>Divides the gradient by the root of its running mean square and multiplies it by that of the steps.
/// Zeiler, 2012, https://arxiv.org/abs/1212.5701.</summary>
/// <remarks>Keras: https://keras.io/api/optimizers/adadelta/</remarks>
public sealed record Adadelta : Optimizer
{
    /// <summary>Decay of the running means, in [0, 1). Default 0.95.</summary>
    public double Rho { get; init => field = Require.Fraction(value, nameof(Adadelta), nameof(Rho)); } = 0.95;

    /// <summary>Added inside both roots, above 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Adadelta), nameof(Epsilon)); } = 1e-7;

    /// <summary>2: mean squares of gradients and steps.</summary>
    protected override int SlotCount => 2;
}
