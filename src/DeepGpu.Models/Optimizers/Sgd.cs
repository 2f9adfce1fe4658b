namespace DeepGpu.Models;

/// <summary>Stochastic gradient descent: w += m with m = momentum * m - rate * gradient.</summary>
/// <remarks>The rate is part of what the momentum keeps, so that a new rate does not change past steps.
/// Keras: https://keras.io/api/optimizers/sgd/</remarks>
[KerasClass("SGD", ObjectName = "SGD")]
public sealed record Sgd : Optimizer
{
    /// <summary>Creates SGD with a learning rate of 0.01.</summary>
    public Sgd() => LearningRate = 0.01;

    /// <summary>The share of the last step that is repeated, in [0, 1). Default 0.</summary>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Sgd), nameof(Momentum)); }

    /// <summary>Whether the gradient is followed from where the momentum leads: w += momentum * m - rate * gradient.
    /// Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>1 with momentum, else 0.</summary>
    protected override int SlotCount => Momentum > 0 ? 1 : 0;
}
