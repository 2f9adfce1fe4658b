using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Models.Json;

namespace DeepGpu.Weights;

/// <summary>How legacy <c>.h5</c> files order weights: layers by name, in each those that are trained before those that are not.</summary>
internal static class KerasLegacyLayout
{
    /// <summary>The layers, each with its weights in the file's order.</summary>
    public static IEnumerable<TargetGroup> Layers(ModelSpec spec)
        => spec.Layers.Select(node =>
            new TargetGroup(node.Name, [.. Ordered(node)
                .Select(weight => new WeightTarget($"{node.Name}/{weight.Name}", weight))])
            { Layer = node.Layer });

    /// <summary>The layers of a model and of a file. Weights in a layer have other names from version to version and are
    /// told by their order.</summary>
    public static WeightGroups Groups(KerasLegacyModel<TensorEntry> stored, TensorFile file, WeightScope scope, WeightMap map)
    {
        var layers = stored.Layers.Where(layer => layer.Weights.Length > 0)
            .Select(layer => new StoredGroup(KerasNames.Plain(map.Apply(layer.Name)),
            [.. layer.Weights.Select(weight => new StoredWeight(weight.Key, weight.Value))])).ToList();
        var listed = stored.Layers.SelectMany(layer => layer.Weights).Concat(stored.TopLevelWeights)
            .Select(weight => weight.Value).ToHashSet();
        return new([.. Layers(scope.Spec).Where(layer => layer.Weights.Count > 0)], layers, WeightForm.Keras,
            [.. file.Tensors.Where(tensor => !listed.Contains(tensor))])
        { Origin = KerasLegacyOrigin.Of(stored) };
    }

    /// <summary>A frozen layer keeps its order: none of its weights is trained.</summary>
    private static IEnumerable<WeightSpec> Ordered(ModelNode node)
        => node.Layer.Trainable ? node.Weights.OrderBy(weight => !weight.Trainable) : node.Weights;
}
