namespace DeepGpu.Formats;

/// <summary>The description of a model that a file holds beside its tensors, as text. What it means, the models library reads.</summary>
/// <param name="Config">The architecture, one JSON object as Keras writes it: "class_name" and "config".</param>
public sealed record StoredDescription(string Config)
{
    /// <summary>Loss, metrics and optimizer as JSON, where the file keeps them apart from <see cref="Config"/>, as Keras 1 and 2 do;
    /// else null.</summary>
    public string? TrainingConfig { get; init; }

    /// <summary>The version of Keras that wrote the file; null where it does not say.</summary>
    public string? KerasVersion { get; init; }

    internal Func<IReadOnlyList<KeyValuePair<string, NDArray>>> Optimizer { get; init; } = () => [];

    /// <summary>Reads the optimizer's variables by their names in the file, in its order; empty where it holds none.
    /// The file must be open.</summary>
    /// <exception cref="ModelFormatException">They are damaged.</exception>
    public IReadOnlyList<KeyValuePair<string, NDArray>> ReadOptimizer() => Optimizer();
}
