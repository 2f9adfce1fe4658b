namespace DeepGpu.Models;

/// <summary>While training, multiplies by normally distributed noise around 1 with standard deviation sqrt(rate / (1 - rate)).</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_dropout/</remarks>
public sealed record GaussianDropout : NoiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">As for dropout, in [0, 1).</param>
    public GaussianDropout(double rate) => Rate = rate;

    /// <summary>As for dropout, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(GaussianDropout), nameof(Rate)); }
}
