using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Layers that make one value of several.</summary>
internal static class MergingReferences
{
    public static void Add()
    {
        ReferenceTable.Add<Add>((_, call) => Merge(call, terms => Sum(terms)));
        ReferenceTable.Add<Average>((_, call) => Merge(call, Reductions.Mean));
        ReferenceTable.Add<Subtract>((_, call) => Merge(call, terms => terms[0] - terms[1]));
        ReferenceTable.Add<Multiply>((_, call) => Multiplied(call));
        ReferenceTable.Add<Maximum>((_, call) => Extreme(call, Max));
        ReferenceTable.Add<Minimum>((_, call) => Extreme(call, Min));
        ReferenceTable.Add<Concatenate>((layer, call) => Joined(call, layer.Axis < 0 ? layer.Axis + call.X.Rank : layer.Axis));
        ReferenceTable.Add<Dot>(Products);
    }

    /// <summary>The inputs with axes of length 1 after the batch, so that all have the same number of axes.</summary>
    private static List<Flow> Aligned(Call call)
    {
        var rank = call.Inputs.Max(input => input.Values.Rank);
        int[] Shape(int[] own) => [own[0], .. Enumerable.Repeat(1, rank - own.Length), .. own[1..]];
        return [.. call.Inputs.Select(input => input with { Values = input.Values.Reshape(Shape(input.Values.Shape)) })];
    }

    private static Values Merge(Call call, Func<IReadOnlyList<Scalar>, Scalar> merge) => Merge(Aligned(call), (terms, _) => merge(terms));

    /// <summary>One number of those that all inputs have at a position, given with whether each counts.</summary>
    private static Values Merge(List<Flow> inputs, Func<IReadOnlyList<Scalar>, IReadOnlyList<bool>, Scalar> merge)
    {
        int[] shape = [.. Enumerable.Range(0, inputs[0].Values.Rank).Select(axis => inputs.Max(input => input.Values.Shape[axis]))];
        return Values.Of(shape, at => merge([.. inputs.Select(input => At(input.Values, at))],
            [.. inputs.Select(input => input.Mask?[at[0], at[1]] ?? true)]));
    }

    private static Scalar At(Values x, int[] at) => x[[.. at.Zip(x.Shape, (index, length) => length == 1 ? 0 : index)]];

    /// <summary>Masked positions count as 1; where every input has a mask and none counts, the product is 0.</summary>
    private static Values Multiplied(Call call)
    {
        var allMasked = call.Inputs.All(input => input.Mask is not null);
        return Merge(Aligned(call), (terms, counts) => allMasked && !counts.Contains(true) ? 0
            : terms.Where((_, i) => counts[i]).Aggregate((Scalar)1, (a, b) => a * b));
    }

    /// <summary>The largest or smallest of those that count; of none, what the rule yields: the first.</summary>
    private static Values Extreme(Call call, Func<Scalar, Scalar, Scalar> choose)
        => Merge(Aligned(call), (terms, counts) => counts.Contains(true) ? terms.Where((_, i) => counts[i]).Aggregate(choose) : terms[0]);

    private static Values Joined(Call call, int axis)
    {
        var parts = call.Inputs.SelectMany(input => Enumerable.Range(0, input.Values.Shape[axis])
            .Select(index => (input.Values, Index: index))).ToList();
        int[] shape = [.. call.X.Shape[..axis], parts.Count, .. call.X.Shape[(axis + 1)..]];
        return Values.Of(shape, at => parts[at[axis]].Values[[.. at[..axis], parts[at[axis]].Index, .. at[(axis + 1)..]]]);
    }

    /// <summary>Sums of products along an axis of each, sample by sample.</summary>
    private static Values Products(Dot layer, Call call)
    {
        var (x, y) = (call.Inputs[0].Values, call.Inputs[1].Values);
        var (a, b) = (Resolved(layer.Axes.Numbers[0], x.Rank), Resolved(layer.Axes.Numbers[^1], y.Rank));
        if (layer.Normalize) (x, y) = (NormalizationReferences.OfLengthOne(x, [a]), NormalizationReferences.OfLengthOne(y, [b]));
        var (first, second) = (x.Transpose(LastOf(x.Rank, a)), y.Transpose(LastOf(y.Rank, b)));
        int[] shape = [.. first.Shape[..^1], .. second.Shape[1..^1]];
        var products = Values.Of(shape, at => Sum(Enumerable.Range(0, x.Shape[a])
            .Select(i => first[[.. at[..(x.Rank - 1)], i]] * second[[at[0], .. at[(x.Rank - 1)..], i]])));
        return shape.Length == 1 ? products.Reshape(shape[0], 1) : products;
    }

    private static int Resolved(int axis, int rank) => axis < 0 ? axis + rank : axis;

    private static int[] LastOf(int rank, int axis) => [.. Enumerable.Range(0, rank).Where(a => a != axis), axis];
}
