namespace DeepGpu;

/// <summary>How far one layer's numbers in single precision are from those of the same layer,
/// weights and input in double precision.</summary>
/// <remarks>Each figure is the largest difference as a share of the largest exact value, but at least of 1; infinity where a number is not
/// finite. About 1e-7 to 1e-5 is rounding.</remarks>
/// <param name="Layer">The layer and what it was tried on, e.g. "LSTM (batch 2, 5, 9)".</param>
public sealed record LayerNumbers(string Layer)
{
    /// <summary>Above this a difference cannot be rounding.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Of the output in prediction.</summary>
    public double Prediction { get; init; }

    /// <summary>Of the output in training.</summary>
    public double Training { get; init; }

    /// <summary>Of the gradients by the inputs and every weight, the worst; null where there are none.</summary>
    public double? Gradients { get; init; }

    /// <summary>Whether all of them are right.</summary>
    public bool IsRight => Prediction <= Tolerance && Training <= Tolerance && Gradients is null or <= Tolerance;
}
