using System.Collections.Immutable;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Dense layers that follow a flattened map: Keras flattens (height, width, channels), torch (channels, height, width).</summary>
internal static class FlattenedMaps
{
    /// <summary>Notes at the kernels of such layers what map was flattened.</summary>
    public static IEnumerable<WeightMatch> Mark(IEnumerable<WeightMatch> matches, WeightScope scope)
    {
        var maps = Kernels(scope.Spec, scope.Prefix).ToDictionary(item => item.Kernel, item => item.Map, StringComparer.Ordinal);
        return matches.Select(match => maps.TryGetValue(match.Target.Name, out var map)
            ? match with { Sources = [.. match.Sources.Select(source => source with { Flattened = map })] }
            : match);
    }

    private static IEnumerable<(string Kernel, ImmutableArray<int> Map)> Kernels(ModelSpec spec, string prefix)
    {
        foreach (var node in spec.Layers)
        {
            if (node.Layer is NestedModel nested) foreach (var inner in Kernels(nested.Model, $"{prefix}{node.Name}/")) yield return inner;
            if (node.Layer is Dense && Map(node.Inputs[0]) is { } map) yield return ($"{prefix}{node.Name}/kernel", map);
        }
    }

    /// <summary>The map that reaches a layer flattened; null where none does, or in torch's order.</summary>
    private static ImmutableArray<int>? Map(NodeOutput value) => value.Node.Layer switch
    {
        Dropout or ActivationLayer or ReLU => Map(value.Node.Inputs[0]),
        Flatten { DataFormat: DataFormat.ChannelsLast } => Of(value.Node.Inputs[0]),
        _ => null,
    };

    private static ImmutableArray<int>? Of(NodeOutput flattened)
        => flattened.Shape.Rank > 2 && flattened.Node.Layer is not (Permute or Reshape)
            && flattened.Shape.Axes.Skip(1).All(length => length is > 0)
            ? [.. flattened.Shape.Axes.Skip(1).Select(length => length!.Value)]
            : null;
}
