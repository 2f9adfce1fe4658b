using System.Collections.Immutable;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>What to do with a file that is not the image its name promises.</summary>
public enum BadFilePolicy
{
    /// <summary>Throw, with its path.</summary>
    Throw,

    /// <summary>Leave it out and list it.</summary>
    Skip,
}

/// <summary>How an image becomes the shape of the others.</summary>
public enum ImageFit
{
    /// <summary>Stretched to the size.</summary>
    Stretch,

    /// <summary>The largest centred window of the size's aspect ratio is resized: Keras's <c>crop_to_aspect_ratio</c>.</summary>
    CropToAspectRatio,

    /// <summary>Black is added at two sides to the size's aspect ratio: Keras's <c>pad_to_aspect_ratio</c>.</summary>
    PadToAspectRatio,
}

/// <summary>How class numbers are written.</summary>
public enum LabelMode
{
    /// <summary>Int32 class numbers, for sparse categorical cross-entropy.</summary>
    Int,

    /// <summary>Float32 one-hot rows, for categorical cross-entropy.</summary>
    Categorical,

    /// <summary>Float32 0 or 1 of two classes, (1), for binary cross-entropy.</summary>
    Binary,

    /// <summary>None: only inputs.</summary>
    None,
}

/// <summary>How a folder of images is read. Keras: https://keras.io/api/data_loading/image/</summary>
public sealed record ImageFolderOptions
{
    /// <summary>Height of every image in pixels, at least 1. Default 256.</summary>
    public int Height { get; init => field = Require.AtLeast(value, 1, nameof(ImageFolderOptions), nameof(Height)); } = 256;

    /// <summary>Width of every image in pixels, at least 1. Default 256.</summary>
    public int Width { get; init => field = Require.AtLeast(value, 1, nameof(ImageFolderOptions), nameof(Width)); } = 256;

    /// <summary>How values between pixels are found. Default bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>How images of another aspect ratio are fitted. Default stretched.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>Whether images become one channel of brightness (0.299 red + 0.587 green + 0.114 blue).
    /// Default false: three channels.</summary>
    public bool Grayscale { get; init; }

    /// <summary>How targets are written. Default class numbers.</summary>
    public LabelMode Labels { get; init; }

    /// <summary>The class folders that are read, in the order of their numbers; empty (the default) for all, in ordinal order.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>What to do with a file that cannot be decoded. Default throw.</summary>
    public BadFilePolicy BadFiles { get; init; }
}
