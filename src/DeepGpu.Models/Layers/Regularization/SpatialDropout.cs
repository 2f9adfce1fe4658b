namespace DeepGpu.Models;

/// <summary>What dropout of whole channels over 1, 2 or 3 spatial axes has in common.</summary>
public abstract record SpatialDropout : NoiseLayer
{
    private protected SpatialDropout(int spatial, double rate)
    {
        Spatial = spatial;
        Rate = rate;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The share of channels set to 0, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, ClassName, nameof(Rate)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        return input;
    }
}

/// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014.</summary>
/// <remarks>Input and output (batch, steps, channels). Keras:
/// https://keras.io/api/layers/regularization_layers/spatial_dropout1d/</remarks>
public sealed record SpatialDropout1D : SpatialDropout
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    public SpatialDropout1D(double rate)
        : base(spatial: 1, rate)
    {
    }
}

/// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014.</summary>
/// <remarks>Input and output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/regularization_layers/spatial_dropout2d/</remarks>
public sealed record SpatialDropout2D : SpatialDropout
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    public SpatialDropout2D(double rate)
        : base(spatial: 2, rate)
    {
    }
}

/// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014.</summary>
/// <remarks>Input and output (batch, depth, height, width, channels).
/// Keras: https://keras.io/api/layers/regularization_layers/spatial_dropout3d/</remarks>
public sealed record SpatialDropout3D : SpatialDropout
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    public SpatialDropout3D(double rate)
        : base(spatial: 3, rate)
    {
    }
}
