namespace DeepGpu.Models;

/// <summary>While training, drops a whole sample's branch and scales the rest by 1 / (1 - rate). Huang et al., 2016.</summary>
/// <remarks>Output shape = input shape. Put it before the addition of a residual block, as Keras's ConvNeXt does.</remarks>
public sealed record StochasticDepth : NoiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dropPathRate">The share of samples whose branch is dropped, in [0, 1).</param>
    public StochasticDepth(double dropPathRate) => DropPathRate = dropPathRate;

    /// <summary>The share of samples whose branch is dropped, in [0, 1).</summary>
    public double DropPathRate { get; init => field = Require.Fraction(value, nameof(StochasticDepth), nameof(DropPathRate)); }
}
