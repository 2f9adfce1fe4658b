namespace DeepGpu.Models;

/// <summary>x where x >= 0, negativeSlope * x below. Maas et al., 2013.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/leaky_relu/</remarks>
public sealed record LeakyReLU : RectifierLayer
{
    /// <summary>The slope below 0, at least 0. Default 0.3.</summary>
    public double NegativeSlope { get; init => field = Require.AtLeast(value, 0, nameof(LeakyReLU), nameof(NegativeSlope)); } = 0.3;
}
