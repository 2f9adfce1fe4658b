namespace DeepGpu.Models;

/// <summary>x where x >= threshold, negativeSlope * (x - threshold) below, at most a largest value.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/relu/</remarks>
public sealed record ReLU : RectifierLayer
{
    /// <summary>The largest output, at least 0; null for none.</summary>
    public double? MaxValue { get; init => field = value is { } max ? Require.AtLeast(max, 0, nameof(ReLU), nameof(MaxValue)) : null; }

    /// <summary>The slope below the threshold, at least 0. Default 0.</summary>
    public double NegativeSlope { get; init => field = Require.AtLeast(value, 0, nameof(ReLU), nameof(NegativeSlope)); }

    /// <summary>Where the rise begins, at least 0. Default 0.</summary>
    public double Threshold { get; init => field = Require.AtLeast(value, 0, nameof(ReLU), nameof(Threshold)); }

    private protected override bool IsCutOff => MaxValue is not null;
}
