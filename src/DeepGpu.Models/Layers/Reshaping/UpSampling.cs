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
