using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>A published architecture, found by its name.</summary>
public sealed class Application
{
    private readonly Func<ApplicationOptions?, ModelSpec> _build;

    internal Application(string name, ApplicationSource source, Func<ApplicationOptions?, ModelSpec> build)
        => (Name, Source, _build) = (name, source, build);

    /// <summary>The name, e.g. "ResNet50", "torchvision/resnet50" or "bert-base-uncased".</summary>
    public string Name { get; }

    /// <summary>A transformer in numbers, which its forecasts follow from; null for other networks.</summary>
    public TransformerShape? Transformer => Network?.Shape;

    /// <summary>The transformer; null for other networks.</summary>
    internal TransformerNetwork? Network { get; init; }

    /// <summary>Whose architecture it is.</summary>
    public ApplicationSource Source { get; }

    /// <summary>The published file with its weights, as hash-checked downloads use it; null where no hash is published.</summary>
    /// <param name="includeTop">Whether the classifier is wanted. Default true.</param>
    public PublishedWeights? Published(bool includeTop = true)
        => Network is null ? PublishedWeightTable.Find(Source, PublishedName, includeTop) : null;

    /// <summary>What the table of published weights calls it: the model's name.</summary>
    private string PublishedName
        => Source == ApplicationSource.TorchVision ? Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..] : Build().Name;

    /// <summary>The network as a description.</summary>
    /// <param name="options">What is asked for; null for the network as published.</param>
    public ModelSpec Build(ApplicationOptions? options = null) => _build(options);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>Whose architecture an application is: its layers' names and constants follow that source,
/// so that its published weights fit.</summary>
public enum ApplicationSource
{
    /// <summary>keras.applications: https://keras.io/api/applications/</summary>
    Keras,

    /// <summary>torchvision.models: https://docs.pytorch.org/vision/stable/models.html</summary>
    TorchVision,

    /// <summary>Transformers of Hugging Face's model hub: https://huggingface.co/docs/transformers/</summary>
    HuggingFace,
}
