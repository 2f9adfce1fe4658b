using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>What a network expects of a photo: how it is brought to size, and what its bytes become.</summary>
/// <remarks>value = (byte / 255 * <see cref="Scale"/> - <see cref="Mean"/>) / <see cref="Deviation"/> for each channel, in the order red,
/// green, blue unless <see cref="IsBlueFirst"/>.</remarks>
public sealed record ImagePreprocessing
{
    /// <summary>Pixels from 0 to 255 as they are: networks that scale in their first layer.</summary>
    public static ImagePreprocessing Raw { get; } = new() { Scale = 255 };

    /// <summary>Pixels from -1 to 1: Keras's mode "tf".</summary>
    public static ImagePreprocessing Symmetric { get; } = new() { Scale = 2, Mean = [1, 1, 1] };

    /// <summary>Blue, green, red from 0 to 255 less ImageNet's mean: Keras's mode "caffe".</summary>
    public static ImagePreprocessing Caffe { get; } = new() { Scale = 255, Mean = [103.939, 116.779, 123.68], IsBlueFirst = true };

    /// <summary>Pixels from 0 to 1 less ImageNet's mean, by its deviation: Keras's mode "torch" and torchvision's.</summary>
    public static ImagePreprocessing Torch { get; } = new() { Mean = [0.485, 0.456, 0.406], Deviation = [0.229, 0.224, 0.225] };

    /// <summary>The height and width of the result, at least 1. Default 224.</summary>
    public int Size { get; init => field = Require.AtLeast(value, 1, nameof(ImagePreprocessing), nameof(Size)); } = 224;

    /// <summary>The length the shorter side first gets, after which the middle is cut out;
    /// null where the photo is resized to <see cref="Size"/> whatever its proportions. Default null.</summary>
    public int? ShortSide
    {
        get;
        init => field = value is { } length ? Require.AtLeast(length, 1, nameof(ImagePreprocessing), nameof(ShortSide)) : null;
    }

    /// <summary>What a full byte becomes. Default 1.</summary>
    public double Scale { get; init => field = Require.Finite(value, nameof(ImagePreprocessing), nameof(Scale)); } = 1;

    /// <summary>What is taken from each channel. Default 0.</summary>
    public ImmutableArray<double> Mean { get; init => field = Three(value, nameof(Mean)); } = [0, 0, 0];

    /// <summary>What each channel is divided by. Default 1.</summary>
    public ImmutableArray<double> Deviation { get; init => field = Three(value, nameof(Deviation)); } = [1, 1, 1];

    /// <summary>Whether the channels are ordered blue, green, red; <see cref="Mean"/> and <see cref="Deviation"/> follow that order.
    /// Default false.</summary>
    public bool IsBlueFirst { get; init; }

    private static ImmutableArray<double> Three(ImmutableArray<double> values, string name)
        => values is { IsDefault: false, Length: 3 } && values.All(double.IsFinite)
            ? values
            : throw Require.OutOfRange(nameof(ImagePreprocessing), name, "three finite numbers", values.IsDefault ? null : values.Length);
}
