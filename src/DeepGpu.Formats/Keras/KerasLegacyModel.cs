using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>A layer of a legacy Keras file and its weights in load order.</summary>
/// <typeparam name="T">What stands for a weight: a <see cref="TensorEntry"/> when read, an <see cref="NDArray"/> to be written.</typeparam>
/// <param name="Name">The layer's name.</param>
/// <param name="Weights">The weights by their name in the file;
/// match them by order, for the names differ between versions of Keras.</param>
public sealed record KerasLegacyLayer<T>(string Name, ImmutableArray<KeyValuePair<string, T>> Weights);

/// <summary>What a legacy Keras <c>.h5</c> file holds: a whole model, or only weights.</summary>
/// <typeparam name="T">What stands for a weight: a <see cref="TensorEntry"/> when read, an <see cref="NDArray"/> to be written.</typeparam>
public sealed record KerasLegacyModel<T>
{
    /// <summary>The architecture as JSON; null in a weights-only file.</summary>
    public string? ModelConfig { get; init; }

    /// <summary>Loss, metrics and optimizer as JSON; null if the model was not compiled.</summary>
    public string? TrainingConfig { get; init; }

    /// <summary>The version of Keras that wrote the file; null if it does not say.</summary>
    public string? KerasVersion { get; init; }

    /// <summary>The backend that wrote the file; null if it does not say.</summary>
    public string? Backend { get; init; }

    /// <summary>Every layer in model order, those without weights included.</summary>
    public ImmutableArray<KerasLegacyLayer<T>> Layers { get; init; } = [];

    /// <summary>Weights of the model itself; usually none.</summary>
    public ImmutableArray<KeyValuePair<string, T>> TopLevelWeights { get; init; } = [];

    /// <summary>The optimizer's state in load order; empty if it was not saved.</summary>
    public ImmutableArray<KeyValuePair<string, T>> OptimizerWeights { get; init; } = [];
}
