using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Which Keras wrote a legacy file, and how its weights become those of today's layers.</summary>
/// <remarks>The rules of Keras 2's loading: https://github.com/keras-team/keras/blob/2.2.4/keras/engine/saving.py</remarks>
/// <param name="IsOne">Whether it was Keras 1: a recurrent layer's gates lie apart, kernels of convolutions in other orders.</param>
/// <param name="IsTheano">Whether the backend was Theano, whose convolutions turn the kernel by 180 degrees.</param>
internal sealed record KerasLegacyOrigin(bool IsOne, bool IsTheano)
{
    /// <summary>What a file says of itself. Keras 1 does not name the backend; TensorFlow ends a variable's name in ":0", Theano does
    /// not.</summary>
    public static KerasLegacyOrigin Of(KerasLegacyModel<TensorEntry> stored)
    {
        var isOne = stored.KerasVersion is null || stored.KerasVersion.StartsWith("1.", StringComparison.Ordinal);
        var names = stored.Layers.SelectMany(layer => layer.Weights).Select(weight => weight.Key).ToList();
        var isTheano = stored.Backend is { } backend ? backend == "theano"
            : stored.KerasVersion is not null && isOne && names.Count > 0
                && !names.Any(name => name.EndsWith(":0", StringComparison.Ordinal));
        return new(isOne, isTheano);
    }

    /// <summary>A layer's tensors as its weights need them.</summary>
    /// <param name="target">The layer's weights in the file's order.</param>
    /// <param name="stored">The layer's tensors.</param>
    public IReadOnlyList<StoredWeight> Converted(TargetGroup target, IReadOnlyList<StoredWeight> stored)
    {
        if (target.Layer is not { } layer) return stored;
        var result = new List<StoredWeight>();
        var next = 0;
        for (var i = 0; i < target.Weights.Count && next < stored.Count; i++)
        {
            var weight = target.Weights[i].Spec;
            var leaf = LeafLayers.Of(layer, weight.Name);
            if (weight.Name.EndsWith("kernel", StringComparison.Ordinal) && RecurrentConversion.Of(this, leaf, weight, stored, next)
                is { Count: > 0 } cell)
            {
                result.AddRange(cell.Weights);
                next += cell.Count;
                i += cell.Weights.Count - 1;
            }
            else result.Add(KernelConversion.Of(this, leaf, weight, stored[next++]));
        }

        return [.. result, .. stored.Skip(next)];
    }
}

/// <summary>The layers inside wrappers and models.</summary>
internal static class LeafLayers
{
    /// <summary>The layer that a weight belongs to.</summary>
    /// <param name="layer">The layer it is in.</param>
    /// <param name="weight">The weight's name in that layer, e.g. "forward_layer/kernel".</param>
    public static Layer Of(Layer layer, string weight)
    {
        var slash = weight.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return layer;
        var (first, rest) = (weight[..slash], weight[(slash + 1)..]);
        return layer switch
        {
            NestedModel nested => nested.Model.Layers.FirstOrDefault(node => node.Name == first) is { } node ? Of(node.Layer, rest) : layer,
            Bidirectional both when first == "backward_layer" => Of(both.BackwardLayer ?? both.Layer, rest),
            Bidirectional both => Of(both.Layer, rest),
            TimeDistributed distributed => Of(distributed.Layer, rest),
            _ => layer,
        };
    }
}
