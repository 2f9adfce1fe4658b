using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>How legacy <c>.h5</c> files order weights: layers by name, in each those that are trained before those that are not.</summary>
internal static class KerasLegacyLayout
{
    /// <summary>The layers that have weights, each with its weights in the file's order.</summary>
    public static IEnumerable<(string Layer, IReadOnlyList<(string Name, WeightSpec Spec)> Weights)> Layers(ModelSpec spec)
        => spec.Layers.Select(node => (node.Name, (IReadOnlyList<(string, WeightSpec)>)[.. Ordered(node).Select(weight => ($"{node.Name}/{weight.Name}", weight))]));

    /// <summary>Matches layers by name, or by order where the file has other names.</summary>
    /// <exception cref="ModelFormatException">Layers or weights are missing or too many.</exception>
    public static IReadOnlyList<WeightMatch> Match(ModelSpec spec, IReadOnlyList<KerasLegacyLayer<TensorEntry>> stored)
    {
        var layers = Layers(spec).Where(layer => layer.Weights.Count > 0).ToList();
        var weighted = stored.Where(layer => layer.Weights.Length > 0).ToList();
        if (layers.Count != weighted.Count) throw WeightMatch.Refuse("layer_count", $"The model has {layers.Count} layers with weights,", $"but the file holds {weighted.Count}.", spec.Name);
        var byName = weighted.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        var isNamed = layers.All(layer => byName.ContainsKey(layer.Layer));
        return [.. layers.SelectMany((layer, i) => Match(layer, isNamed ? byName[layer.Layer] : weighted[i]))];
    }

    private static IEnumerable<WeightMatch> Match((string Layer, IReadOnlyList<(string Name, WeightSpec Spec)> Weights) layer, KerasLegacyLayer<TensorEntry> stored)
    {
        if (layer.Weights.Count != stored.Weights.Length) throw WeightMatch.Refuse("weight_count", $"'{layer.Layer}' has {layer.Weights.Count} weights,", $"but the file holds {stored.Weights.Length}.", stored.Name);
        return layer.Weights.Zip(stored.Weights, (weight, tensor) => new WeightMatch(weight.Name, weight.Spec, tensor.Value));
    }

    /// <summary>A frozen layer keeps its order: none of its weights is trained.</summary>
    private static IEnumerable<WeightSpec> Ordered(ModelNode node) => node.Layer.Trainable ? node.Weights.OrderBy(weight => !weight.Trainable) : node.Weights;
}
