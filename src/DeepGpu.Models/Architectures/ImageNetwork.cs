using System.Globalization;

namespace DeepGpu.Models.Architectures;

/// <summary>A network for images: layers that make features, and a classifier on top of them.</summary>
/// <param name="name">The model's name.</param>
internal abstract class ImageNetwork(string name)
{
    /// <summary>Height and width of the images it was published with.</summary>
    protected virtual int Size => 224;

    /// <summary>The least height and width it takes.</summary>
    protected virtual int SmallestSize => 1;

    /// <summary>Whether height and width stay open where neither a classifier nor a shape is asked for.</summary>
    protected abstract bool IsOpenWithoutTop { get; }

    /// <summary>The function after the classifier where none is asked for.</summary>
    protected abstract Activation DefaultActivation { get; }

    /// <summary>The model.</summary>
    /// <exception cref="DeepGpuArgumentException">The images are smaller than the network takes,
    /// or their channels are not known.</exception>
    public ModelSpec Build(ApplicationOptions? options)
    {
        options ??= new();
        var image = Functional.Input(Checked(options.InputShape ?? DefaultShape(options)));
        var features = Features(image);
        var output = options.IncludeTop
            ? Top(features, options.Classes ?? ImageNetClasses.Labels.Length, options.ClassifierActivation ?? DefaultActivation)
            : WithoutTop(features, options.Pooling);
        return Functional.Model([image], [output], NameFor(image)).From(Chosen(options));
    }

    /// <summary>(batch, height, width, channels) of an image to (batch, smaller height, smaller width, features).</summary>
    protected abstract SymbolicTensor Features(SymbolicTensor image);

    /// <summary>Whose network it is.</summary>
    protected abstract ApplicationSource Source { get; }

    /// <summary>What the table of published weights calls the network.</summary>
    protected virtual string PublishedName => name;

    /// <summary>Features to (batch, classes).</summary>
    protected abstract SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation);

    /// <summary>Features as a network without classifier yields them.</summary>
    protected virtual SymbolicTensor WithoutTop(SymbolicTensor features, FeaturePooling? pooling) => Pooled(features, pooling, null, null);

    /// <summary>The model's name, which may tell the size.</summary>
    protected virtual string NameFor(SymbolicTensor image) => name;

    /// <summary>Features pooled, if they are to be.</summary>
    protected static SymbolicTensor Pooled(SymbolicTensor features, FeaturePooling? pooling, string? averageName, string? maxName)
        => pooling switch
        {
            FeaturePooling.Average => features.GlobalAveragePooling2D(name: averageName),
            FeaturePooling.Max => features.GlobalMaxPooling2D(name: maxName),
            _ => features,
        };

    /// <summary>A number of channels scaled and rounded to a multiple of 8, at most 10 % down:
    /// the rule of the MobileNet and EfficientNet papers' code.</summary>
    protected static int MultipleOf8(double channels)
    {
        var rounded = Math.Max(8, (int)(channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }

    /// <summary>The published file where ImageNet's weights are asked for.</summary>
    private InitialWeights? Chosen(ApplicationOptions options)
    {
        if (options.Weights is not ImageNetWeights) return options.Weights;
        if (options.IncludeTop && options.Classes is { } classes && classes != ImageNetClasses.Labels.Length)
            throw new DeepGpuArgumentException(new("imagenet_classes",
                $"ImageNet's weights have a classifier of {ImageNetClasses.Labels.Length} classes,",
                $"but {classes} are asked for.", "Set IncludeTop to false and add a classifier of your own."), nameof(options));
        return PublishedWeightTable.Find(Source, PublishedName, options.IncludeTop) is { } published
            ? new WeightsPublished(published)
            : throw new DeepGpuArgumentException(new("no_published_weights",
                "ImageNet's weights need a published file with a published hash,", $"but there is none for '{name}'.",
                "Give a file: Weights = InitialWeights.File(\"weights.h5\")."), nameof(options));
    }

    private int?[] DefaultShape(ApplicationOptions options)
        => IsOpenWithoutTop && !options.IncludeTop ? [null, null, 3] : [Size, Size, 3];

    private IReadOnlyList<int?> Checked(IReadOnlyList<int?> shape)
    {
        if (shape[0] < SmallestSize || shape[1] < SmallestSize) throw Fault($"height and width of at least {SmallestSize}", shape);
        return shape[2] > 0 ? shape : throw Fault("a known number of channels, at least 1", shape);
    }

    private DeepGpuArgumentException Fault(string needs, IReadOnlyList<int?> shape)
    {
        var given = string.Join(", ", shape.Select(length => length?.ToString(CultureInfo.InvariantCulture) ?? "null"));
        return new(new("bad_input_shape", $"{name} needs images with {needs},", $"but InputShape is ({given}).",
            $"Pass another shape, for example ({Size}, {Size}, 3)."), nameof(shape));
    }
}
