namespace DeepGpu.Models;

/// <summary>Resizes images, while training and otherwise.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels), in the format the layer computes in.
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/</remarks>
public sealed record Resizing : SizedImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    public Resizing(int height, int width)
        : base(height, width)
    {
    }

    /// <summary>How values between pixels are found. Default bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Whether the largest centred window of the output's aspect ratio is resized. Default false: stretched.</summary>
    public bool CropToAspectRatio { get; init; }

    /// <summary>Whether the image is first laid on a canvas of the output's aspect ratio. Default false.
    /// Not together with <see cref="CropToAspectRatio"/>.</summary>
    public bool PadToAspectRatio { get; init; }

    /// <summary>The value of that canvas. Default 0.</summary>
    public double FillValue { get; init => field = Require.Finite(value, nameof(Resizing), nameof(FillValue)); }

    /// <summary>Whether each output pixel covers as many input pixels as the image shrinks by. Default false.</summary>
    public bool Antialias { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => CropToAspectRatio && PadToAspectRatio
            ? throw new ShapeException("only one of cropping and padding to the aspect ratio",
                "Set one of CropToAspectRatio and PadToAspectRatio.")
            : base.OutputShape(input);
}
