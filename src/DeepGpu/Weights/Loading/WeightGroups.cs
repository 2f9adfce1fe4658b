using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Weights of a model that a file keeps together under one name: a layer's.</summary>
internal sealed record TargetGroup(string Name, IReadOnlyList<WeightTarget> Weights)
{
    /// <summary>The layer itself; null where the group is not a whole layer.</summary>
    public Layer? Layer { get; init; }
}

/// <summary>Tensors that a file keeps together.</summary>
internal sealed record StoredGroup(string Name, IReadOnlyList<StoredWeight> Weights);

/// <summary>A tensor with its name inside its group.</summary>
internal readonly record struct StoredWeight(string Leaf, TensorEntry Tensor)
{
    /// <summary>How the tensor's values are made of those of the file; null where it is one of the file's.</summary>
    public WeightConversion? Conversion { get; init; }

    /// <summary>How it is laid out, where that is not as the rest of its file.</summary>
    public WeightForm? Form { get; init; }
}

/// <summary>The layers of a model and those of a file, named alike, before they are paired.</summary>
/// <param name="Model">The model's groups, in order.</param>
/// <param name="File">The file's groups, in order.</param>
/// <param name="Form">How the file's tensors are laid out.</param>
/// <param name="Ignored">Tensors that are no weights of layers.</param>
/// <param name="AreNamesFixed">Whether names already say the position, so that no other order is tried.</param>
internal sealed record WeightGroups(IReadOnlyList<TargetGroup> Model, IReadOnlyList<StoredGroup> File, WeightForm Form,
    IReadOnlyList<TensorEntry> Ignored, bool AreNamesFixed = false)
{
    /// <summary>Whether the file, or the numbers in its names, say the order of the groups. Default true.</summary>
    public bool HasOrder { get; init; } = true;

    /// <summary>Which Keras wrote a legacy file; null for a file of another kind.</summary>
    public KerasLegacyOrigin? Origin { get; init; }

    /// <summary>The groups of a file of any format.</summary>
    /// <param name="file">The file.</param>
    /// <param name="scope">The model, or the model inside it that is meant.</param>
    /// <param name="map">What the file calls otherwise.</param>
    /// <param name="mayBeTorchs">Whether names may tell that tensors are in torch's layout.</param>
    public static WeightGroups Of(TensorFile file, WeightScope scope, WeightMap map, bool mayBeTorchs) => file switch
    {
        H5File h5 when KerasLegacy.Is(h5) => KerasLegacyLayout.Groups(KerasLegacy.Read(h5), h5, scope, map),
        H5File h5 when KerasWeights.Read(h5) is { Count: > 0 } stored => KerasWeightLayout.Groups(stored, h5, scope, map),
        _ => NamedGroups.Of(file, scope, map, mayBeTorchs),
    };

    /// <summary>A layer's tensors as its weights need them.</summary>
    public StoredGroup? Converted(TargetGroup target, StoredGroup? stored)
        => stored is null || Origin is null ? stored : stored with { Weights = Origin.Converted(target, stored.Weights) };

    /// <summary>Pairs the groups; a group of the model without partner is paired with none.</summary>
    /// <param name="byOrder">Whether positions decide rather than names.</param>
    public IEnumerable<(TargetGroup Target, StoredGroup? Stored)> Pairs(bool byOrder)
    {
        if (byOrder && !AreNamesFixed) return Model.Select((target, i) => (target, File.ElementAtOrDefault(i)));
        var byName = File.GroupBy(group => group.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return Model.Select(target => (target, byName.GetValueOrDefault(target.Name)));
    }
}

/// <summary>The part of a model that a file belongs to.</summary>
/// <param name="Spec">The model, or the one inside it.</param>
/// <param name="Prefix">What its weights' names start with, e.g. "vgg16/"; "" for the whole model.</param>
internal sealed record WeightScope(ModelSpec Spec, string Prefix)
{
    /// <summary>Finds the layer a map names, step by step where it is in a model inside a model.</summary>
    /// <exception cref="DeepGpuArgumentException">There is no such layer, or it is not a model.</exception>
    public static WeightScope Of(ModelSpec spec, WeightMap map)
        => (map.Layer?.Split('/') ?? []).Aggregate(new WeightScope(spec, ""), (scope, layer) => scope.Inside(layer));

    private WeightScope Inside(string layer)
    {
        var nested = Spec.Layers.Where(node => node.Layer is NestedModel)
            .ToDictionary(node => node.Name, node => (NestedModel)node.Layer, StringComparer.Ordinal);
        return nested.TryGetValue(layer, out var model)
            ? new(model.Model, $"{Prefix}{layer}/")
            : throw Require.OutOfRange(nameof(WeightMap), nameof(WeightMap.Layer),
                $"a model inside '{Spec.Name}' ({(nested.Count == 0 ? "it has none" : string.Join(", ", nested.Keys))})", layer);
    }
}
