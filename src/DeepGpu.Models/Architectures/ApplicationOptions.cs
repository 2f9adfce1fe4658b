namespace DeepGpu.Models;

/// <summary>What an application is asked for beside its architecture. Keras: https://keras.io/api/applications/</summary>
public sealed record ApplicationOptions
{
    /// <summary>Whether the classifier is included. Default true.</summary>
    public bool IncludeTop { get; init; } = true;

    /// <summary>How the features of a network without classifier become (batch, channels);
    /// null leaves (batch, height, width, channels). Default null.</summary>
    public FeaturePooling? Pooling { get; init; }

    /// <summary>The classes of the classifier, at least 1; null for what the network was published with, the default: 1000, ImageNet's; a
    /// transformer of texts then has no classifier.</summary>
    public int? Classes
    {
        get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(ApplicationOptions), nameof(Classes)) : null;
    }

    /// <summary>The shape of one image, (height, width, channels), a length that is open null;
    /// null for the one the network was published with.</summary>
    /// <remarks>Keras's networks leave height and width open where there is no classifier and no shape is given. A transformer of texts
    /// takes none.</remarks>
    public IReadOnlyList<int?>? InputShape
    {
        get;
        init => field = value is null or { Count: 3 }
            ? value
            : throw Require.OutOfRange(nameof(ApplicationOptions), nameof(InputShape),
                "height, width and channels", $"{value.Count} lengths");
    }

    /// <summary>Where the weights come from when the network becomes a live model; null draws them. Default null.</summary>
    public InitialWeights? Weights { get; init; }

    /// <summary>The function after the classifier; null for the source's: softmax in Keras's networks, linear in torchvision's,
    /// which yield logits.</summary>
    public Activation? ClassifierActivation { get; init; }
}

/// <summary>How a map of features becomes one vector a sample.</summary>
public enum FeaturePooling
{
    /// <summary>The mean over height and width.</summary>
    Average,

    /// <summary>The largest value over height and width.</summary>
    Max,
}
