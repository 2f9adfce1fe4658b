namespace DeepGpu.Models;

/// <summary>What up-sampling along 1, 2 or 3 axes has in common.</summary>
public abstract record UpSampling : UnaryLayer
{
    private protected UpSampling(int spatial, Extent size)
    {
        Spatial = spatial;
        Size = size == default ? 2 : size;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>How often each position is repeated, at least 1. Default 2.</summary>
    public Extent Size { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Size)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => DataFormat.WithSpatial(input, Spatial, (length, dimension) => length * Size[dimension]);
}

/// <summary>How values between positions are found.</summary>
public enum Interpolation
{
    /// <summary>The nearest position's value.</summary>
    Nearest,

    /// <summary>Linear along both axes.</summary>
    Bilinear,

    /// <summary>Cubic along both axes (Keys, a = -0.5).</summary>
    Bicubic,

    /// <summary>A Lanczos window of radius 3.</summary>
    Lanczos3,

    /// <summary>A Lanczos window of radius 5.</summary>
    Lanczos5,
}

/// <summary>Repeats each position along time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling1d/</remarks>
public sealed record UpSampling1D : UpSampling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling1D(Extent size = default)
        : base(spatial: 1, size)
    {
    }
}

/// <summary>Repeats each position along height and width or interpolates between them.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling2d/</remarks>
public sealed record UpSampling2D : UpSampling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling2D(Extent size = default)
        : base(spatial: 2, size)
    {
    }

    /// <summary>How values between positions are found. Default nearest: repetition.</summary>
    public Interpolation Interpolation { get; init; }
}

/// <summary>Repeats each position along depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling3d/</remarks>
public sealed record UpSampling3D : UpSampling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling3D(Extent size = default)
        : base(spatial: 3, size)
    {
    }
}
