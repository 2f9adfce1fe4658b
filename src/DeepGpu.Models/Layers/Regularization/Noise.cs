namespace DeepGpu.Models;

/// <summary>While training, adds normally distributed noise.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_noise/</remarks>
public sealed record GaussianNoise : NoiseLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="stddev">The noise's standard deviation, at least 0.</param>
    public GaussianNoise(double stddev) => Stddev = stddev;

    /// <summary>The noise's standard deviation, at least 0.</summary>
    public double Stddev { get; init => field = Require.AtLeast(value, 0, nameof(GaussianNoise), nameof(Stddev)); }
}

/// <summary>While training, multiplies by normally distributed noise around 1 with standard deviation sqrt(rate / (1 - rate)).</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/gaussian_dropout/</remarks>
public sealed record GaussianDropout : NoiseLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">As for dropout, in [0, 1).</param>
    public GaussianDropout(double rate) => Rate = rate;

    /// <summary>As for dropout, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(GaussianDropout), nameof(Rate)); }
}

/// <summary>While training, dropout that keeps mean and variance of SELU activations. Klambauer et al., 2017.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/alpha_dropout/</remarks>
public sealed record AlphaDropout : NoiseLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">The share replaced, in [0, 1).</param>
    public AlphaDropout(double rate) => Rate = rate;

    /// <summary>The share replaced, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(AlphaDropout), nameof(Rate)); }
}

/// <summary>Adds a penalty on its input to the loss and passes the input on.</summary>
/// <remarks>Keras: https://keras.io/api/layers/regularization_layers/activity_regularization/</remarks>
public sealed record ActivityRegularization : UnaryLayer
{
    /// <summary>Factor of the absolute values; default 0.</summary>
    public double L1 { get; init => field = Require.AtLeast(value, 0, nameof(ActivityRegularization), nameof(L1)); }

    /// <summary>Factor of the squares; default 0.</summary>
    public double L2 { get; init => field = Require.AtLeast(value, 0, nameof(ActivityRegularization), nameof(L2)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}
