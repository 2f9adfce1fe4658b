using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What layers that move pixels have in common: where values outside and between pixels come from.</summary>
public abstract record AffineImageLayer : ImageLayer
{
    private protected AffineImageLayer()
    {
    }

    /// <summary>Where values outside the image come from. Default reflect.</summary>
    public FillMode FillMode { get; init; }

    /// <summary>How values between pixels are found: nearest or bilinear (the default).</summary>
    public Interpolation Interpolation
    {
        get;
        init => field = ImageValues.Checked(value, ClassName);
    } = Interpolation.Bilinear;

    /// <summary>The value outside the image for <see cref="FillMode.Constant"/>. Default 0.</summary>
    public double FillValue { get; init => field = Require.Finite(value, ClassName, nameof(FillValue)); }

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}

/// <summary>Where values outside an image come from.</summary>
public enum FillMode
{
    /// <summary>The image mirrored at its edge: d c b a | a b c d | d c b a.</summary>
    Reflect,

    /// <summary>One value.</summary>
    Constant,

    /// <summary>The image again: a b c d | a b c d | a b c d.</summary>
    Wrap,

    /// <summary>The nearest pixel: a a a a | a b c d | d d d d.</summary>
    Nearest,
}
