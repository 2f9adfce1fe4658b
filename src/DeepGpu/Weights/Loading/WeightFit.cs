using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Whether tensors can become a weight: their element type and shape.</summary>
internal static class WeightFit
{
    /// <summary>The first tensor that does not fit; null if all do.</summary>
    /// <param name="match">The weight and its tensors.</param>
    /// <param name="live">The live weights by name; null where the tensors are in Keras's layout.</param>
    public static UnfitWeight? Fault(WeightMatch match, IReadOnlyDictionary<string, LiveWeight>? live)
        => match.Sources.Select(source => Fault(match.Target, source, live)).FirstOrDefault(fault => fault is not null);

    /// <summary>Whether a tensor of torch holds the values of a weight in the weight's order: the same shape but for axes of length 1,
    /// a kernel written as a flat matrix, or grouped channels written apart.</summary>
    public static bool HoldsTorch(IReadOnlyList<long> stored, IReadOnlyList<long> needed)
        => WithoutOnes(stored).SequenceEqual(WithoutOnes(needed))
            || (IsMatrixOf(stored, needed) && needed.Count == 2)
            || (stored.Count == needed.Count && stored.Count > 2 && stored[1] == 1 && stored[0] == needed[0] * needed[1]
                && stored.Skip(2).SequenceEqual(needed.Skip(2)));

    private static UnfitWeight? Fault(WeightTarget target, WeightSource source, IReadOnlyDictionary<string, LiveWeight>? live)
    {
        var fits = source.Form == WeightForm.Keras
            ? source.Tensor.Shape.SequenceEqual(target.Spec.Shape.Select(length => (long)length))
            : IsConvertible(live![target.Name]) && HoldsTorch(source.Tensor.Shape, Needed(live[target.Name], source));
        if (fits && HasType(target.Spec, source.Tensor)) return null;
        var shape = source.Form == WeightForm.Keras
            ? target.Spec.Shape
            : [.. Needed(live![target.Name], source).Select(length => (int)length)];
        return new(target.Name, shape, source.Tensor);
    }

    /// <summary>Weights quantised to whole numbers take those, all others floating-point numbers.</summary>
    private static bool HasType(WeightSpec spec, TensorEntry tensor)
        => spec.ElementType == DataType.Int8 ? tensor.Type == DataType.Int8 : WeightSource.IsFloatingPoint(tensor);

    /// <summary>Kernels of attention and einsum keep Keras's order: torch packs theirs otherwise.</summary>
    private static bool IsConvertible(LiveWeight weight)
        => weight.Layout.Axes is not null || weight.Spec.Shape.Length < 2 || !weight.Name.EndsWith("/kernel", StringComparison.Ordinal);

    private static long[] Needed(LiveWeight weight, WeightSource source)
        => source.Row is null ? weight.Tensor.shape : weight.Tensor.shape[1..];

    private static bool IsMatrixOf(IReadOnlyList<long> stored, IReadOnlyList<long> needed)
        => stored.Count > 2 && stored[0] == needed[0] && stored.Skip(1).Aggregate(1L, (product, length) => product * length) == needed[1];

    private static IEnumerable<long> WithoutOnes(IReadOnlyList<long> shape) => shape.Where(length => length != 1);
}
