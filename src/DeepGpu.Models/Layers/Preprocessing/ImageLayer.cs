using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>What layers over images have in common.</summary>
public abstract record ImageLayer : UnaryLayer
{
    private protected ImageLayer()
    {
    }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, 2);
        return input;
    }

    /// <summary>The input's shape with another height and width.</summary>
    private protected Shape Sized(Shape input, int height, int width)
    {
        DataFormat.CheckRank(input, 2);
        return input.With(DataFormat.SpatialAxis(0), height).With(DataFormat.SpatialAxis(1), width);
    }

    /// <summary>The input's shape, whose images are grey or have red, green and blue.</summary>
    private protected Shape Colored(Shape input)
    {
        DataFormat.CheckRank(input, 2);
        return input[DataFormat.ChannelAxis()] is null or 1 or 3
            ? input
            : throw new ShapeException("images of 1 channel or of 3 (red, green, blue)", "Convert the images before the layer.");
    }
}

/// <summary>What layers that change the values of pixels have in common: the range the values lie in.</summary>
public abstract record ColorImageLayer : ImageLayer
{
    private readonly ValueList<double> _valueRange = new([0, 255]);

    private protected ColorImageLayer()
    {
    }

    /// <summary>The least and largest value a pixel may have, [least, largest].
    /// Default [0, 255]: set [0, 1] after a Rescaling to that.</summary>
    public ImmutableArray<double> ValueRange
    {
        get => _valueRange.Elements!.Value;
        init => _valueRange = new(ImageValues.Checked(value, ClassName));
    }

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}

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

/// <summary>The axes an image may be mirrored along.</summary>
public enum FlipMode
{
    /// <summary>Left and right, up and down.</summary>
    HorizontalAndVertical,

    /// <summary>Left and right.</summary>
    Horizontal,

    /// <summary>Up and down.</summary>
    Vertical,
}
