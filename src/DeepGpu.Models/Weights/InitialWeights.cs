namespace DeepGpu.Models;

/// <summary>Where the weights of a description come from when it becomes a live model.</summary>
public abstract record InitialWeights
{
    private protected InitialWeights()
    {
    }

    /// <summary>The published weights trained on ImageNet, fetched when the model is made and kept in the cache.</summary>
    public static InitialWeights ImageNet { get; } = new ImageNetWeights();

    /// <summary>A file.</summary>
    /// <param name="path">The file, of any format that <c>Model.LoadWeights</c> reads.</param>
    /// <param name="map">What the file calls otherwise; null for <see cref="WeightMap.Default"/>.</param>
    public static InitialWeights File(string path, WeightMap? map = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new WeightsInFile(path, map ?? WeightMap.Default);
    }
}

/// <summary>Weights in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Map">What the file calls otherwise.</param>
public sealed record WeightsInFile(string Path, WeightMap Map) : InitialWeights;

/// <summary>Published weights, once it is known which.</summary>
/// <param name="Published">The file.</param>
public sealed record WeightsPublished(PublishedWeights Published) : InitialWeights;

/// <summary>ImageNet's weights, whatever the network.</summary>
internal sealed record ImageNetWeights : InitialWeights;
