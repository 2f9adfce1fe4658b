using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Normalisation over axes of each sample.</summary>
internal static class NormalizationReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<BatchNormalization>(BatchReference.Run);
        ReferenceTable.AddMasked<LayerNormalization>(Layered);
        ReferenceTable.AddMasked<GroupNormalization>(Grouped);
        ReferenceTable.AddMasked<RMSNormalization>(RootMeanSquare);
        ReferenceTable.AddMasked<UnitNormalization>(Unit);
        ReferenceTable.AddMasked<LayerScale>((_, call) => Affine(call.X, call.Weights["gamma"], null, [call.X.Rank - 1]),
            d => new(new LayerScale(), CoreCases.Any(d)));
    }

    /// <summary>x * factor + offset, both given for some axes.</summary>
    public static Values Affine(Values x, Values? factor, Values? offset, IReadOnlyList<int> axes)
    {
        if (factor is not null) x = Reductions.Combine(x, Along(factor, x, axes), (v, f) => v * f);
        return offset is null ? x : Reductions.Combine(x, Along(offset, x, axes), (v, o) => v + o);
    }

    /// <summary>An array over some axes of another, row-major in their order there (as in Keras, however they are named), with length 1 on
    /// all others.</summary>
    public static Values Along(Values values, Values x, IReadOnlyList<int> axes)
        => values.Reshape([.. x.Shape.Select((length, axis) => axes.Contains(axis) ? length : 1)]);

    /// <summary>(x - mean) / sqrt(variance + epsilon); Keras 2's RMS scaling leaves out the mean and beta, not the variance's.</summary>
    private static Values Layered(LayerNormalization layer, Call call)
    {
        var axes = layer.Axis.In(call.X.Rank);
        var variance = Reductions.Reduce(call.X, axes, keep: true, Reductions.Variance);
        var mean = Reductions.Reduce(call.X, axes, keep: true, Reductions.Mean);
        var centred = layer.RmsScaling ? call.X : Reductions.Combine(call.X, mean, (x, m) => x - m);
        var normal = Reductions.Combine(centred, variance, (x, v) => x / Sqrt(v + layer.Epsilon));
        return Affine(normal, call.Weights.Find("gamma"), layer.RmsScaling ? null : call.Weights.Find("beta"), axes);
    }

    /// <summary>The channels are parted into groups of neighbours; mean and variance are taken over a group and all other axes.</summary>
    private static Values Grouped(GroupNormalization layer, Call call)
    {
        var (x, axis) = (call.X, layer.Axis < 0 ? layer.Axis + call.X.Rank : layer.Axis);
        var groups = layer.Groups == -1 ? x.Shape[axis] : layer.Groups;
        int[] shape = [.. x.Shape[..axis], groups, x.Shape[axis] / groups, .. x.Shape[(axis + 1)..]];
        var parted = x.Reshape(shape);
        int[] axes = [.. Enumerable.Range(1, shape.Length - 1).Where(a => a != axis)];
        var mean = Reductions.Reduce(parted, axes, keep: true, Reductions.Mean);
        var variance = Reductions.Reduce(parted, axes, keep: true, Reductions.Variance);
        var normal = Reductions.Combine(Reductions.Combine(parted, mean, (v, m) => v - m), variance, (v, s) => v / Sqrt(s + layer.Epsilon));
        return Affine(normal.Reshape(x.Shape), call.Weights.Find("gamma"), call.Weights.Find("beta"), [axis]);
    }

    private static Values RootMeanSquare(RMSNormalization layer, Call call)
    {
        var axes = layer.Axis.In(call.X.Rank);
        var square = Reductions.Reduce(call.X, axes, keep: true, row => Reductions.Mean([.. row.Select(Square)]));
        var normal = Reductions.Combine(call.X, square, (x, s) => x / Sqrt(s + layer.Epsilon));
        return Affine(normal, call.Weights["scale"].Map(scale => scale + (layer.ScaleOffset ?? 0)), null, axes);
    }

    /// <summary>x over its Euclidean length, whose square is at least 1e-12.</summary>
    private static Values Unit(UnitNormalization layer, Call call) => OfLengthOne(call.X, layer.Axis.In(call.X.Rank));

    public static Values OfLengthOne(Values x, IReadOnlyCollection<int> axes)
        => Reductions.Combine(x, Reductions.Reduce(x, axes, keep: true, row => Sqrt(Max(Sum(row.Select(Square)), 1e-12))),
            (v, length) => v / length);
}
