namespace DeepGpu.Models;

/// <summary>While training, adds normally distributed noise.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_noise/</remarks>
public sealed record GaussianNoise : NoiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="stddev">The noise's standard deviation, at least 0.</param>
    public GaussianNoise(double stddev) => Stddev = stddev;

    /// <summary>The noise's standard deviation, at least 0.</summary>
    public double Stddev { get; init => field = Require.AtLeast(value, 0, nameof(GaussianNoise), nameof(Stddev)); }
}
