using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>A value of a PyTorch file: a group, a tensor, or a plain value.</summary>
public abstract record CheckpointNode;

/// <summary>A dict, list or tuple. Items of lists and tuples are named by their position: "0", "1", ...</summary>
/// <param name="Children">The values by name, in the order of the file.</param>
public sealed record CheckpointGroup(ImmutableArray<KeyValuePair<string, CheckpointNode>> Children) : CheckpointNode
{
    /// <summary>Whether this is a list or tuple, which is written as a list. Default: false, a dict.</summary>
    public bool IsList { get; init; }

    /// <summary>The value of a name, or null.</summary>
    public CheckpointNode? this[string name] => Children.FirstOrDefault(child => child.Key == name).Value;
}

/// <summary>A tensor. Its bytes are read from the file it belongs to.</summary>
/// <param name="Tensor">The tensor; its name is the path to it, e.g. "state_dict.conv1.weight".</param>
public sealed record CheckpointTensor(TensorEntry Tensor) : CheckpointNode;

/// <summary>A plain value.</summary>
/// <param name="Value">Null, a <see cref="bool"/>, a <see cref="long"/>, a <see cref="System.Numerics.BigInteger"/>,
/// a <see cref="double"/> or a <see cref="string"/>.</param>
public sealed record CheckpointValue(object? Value) : CheckpointNode;
