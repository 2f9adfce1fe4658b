namespace DeepGpu.Models;

/// <summary>Divides the gradient by the root of the sum of all its squares so far. Duchi and others, 2011.</summary>
/// <remarks>http://www.jmlr.org/papers/volume12/duchi11a/duchi11a.pdf. Keras: https://keras.io/api/optimizers/adagrad/</remarks>
public sealed record Adagrad : Optimizer
{
    /// <summary>What the sums begin with, at least 0. Default 0.1.</summary>
    public double InitialAccumulatorValue
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Adagrad), nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>Keeps the division finite, above 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Adagrad), nameof(Epsilon)); } = 1e-7;

    /// <summary>1: the sums.</summary>
    protected override int SlotCount => 1;
}
