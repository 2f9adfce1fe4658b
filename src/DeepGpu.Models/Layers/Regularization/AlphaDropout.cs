namespace DeepGpu.Models;

/// <summary>While training, dropout that keeps mean and variance of SELU activations. Klambauer et al., 2017.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/alpha_dropout/</remarks>
public sealed record AlphaDropout : NoiseLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share replaced, in [0, 1).</param>
    public AlphaDropout(double rate) => Rate = rate;

    /// <summary>The share replaced, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(AlphaDropout), nameof(Rate)); }
}
