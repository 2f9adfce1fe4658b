using DeepGpu.Formats;

namespace DeepGpu.Weights;

/// <summary>gpt-oss keeps the gates and the other projections of all experts in one tensor, the columns of both by turns; its published
/// files in 4 bits (MXFP4), 32 numbers with one exponent.</summary>
/// <remarks>Open Compute Project, Microscaling Formats 1.0,
/// https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf. Two numbers lie in a byte, the first in its low
/// half.</remarks>
internal static class FusedExperts
{
    private const string Both = "gate_up_proj", Down = "down_proj";
    private const int BlockLength = 32;

    private static readonly float[] Fours = [0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6];

    /// <summary>The group with a tensor for each weight; others as they are.</summary>
    public static StoredGroup Divided(StoredGroup group)
    {
        var byLeaf = group.Weights.DistinctBy(weight => weight.Leaf).ToDictionary(weight => weight.Leaf, StringComparer.Ordinal);
        return byLeaf.ContainsKey(Both) || byLeaf.ContainsKey(Both + "_blocks") ? group with { Weights = [.. Parts(byLeaf)] } : group;
    }

    private static IEnumerable<StoredWeight> Parts(Dictionary<string, StoredWeight> byLeaf)
    {
        foreach (var (leaf, first) in new[] { ("gate", 0), ("intermediate", 1) })
        {
            if (byLeaf.TryGetValue(Both + "_bias", out var bias)) yield return Of(leaf + "_bias", bias, Halved(bias.Tensor.Shape, 1),
                array => Every(array, 1, first, 2));
            if (byLeaf.TryGetValue(Both, out var kernel)) yield return Of(leaf + "_kernel", kernel, Turned(Halved(kernel.Tensor.Shape, 2)),
                array => ArrayOrder.Permuted(Every(array, 2, first, 2), 0, 2, 1));
            if (Blocks(byLeaf, Both) is { } stored) yield return Of(leaf + "_kernel", stored, Halved(Whole(stored), 1),
                array => Every(array, 1, first, 2));
        }

        if (byLeaf.TryGetValue(Down + "_bias", out var last)) yield return last with { Leaf = "output_bias" };
        if (byLeaf.TryGetValue(Down, out var down)) yield return Of("output_kernel", down, Turned(down.Tensor.Shape),
            array => ArrayOrder.Permuted(array, 0, 2, 1));
        if (Blocks(byLeaf, Down) is { } blocks) yield return Of("output_kernel", blocks, Whole(blocks), array => array);
    }

    private static StoredWeight Of(string leaf, StoredWeight source, IEnumerable<long> shape, Func<NDArray, NDArray> convert)
        => WeightConversion.Of(shape, [source], arrays => convert(arrays[0])) with { Leaf = leaf };

    private static StoredWeight Of(string leaf, (StoredWeight Blocks, StoredWeight Scales) source, IEnumerable<long> shape,
        Func<NDArray, NDArray> convert)
    {
        var made = WeightConversion.Of(shape, [source.Blocks, source.Scales], arrays => convert(Numbers(arrays[0], arrays[1])));
        return made with { Leaf = leaf, Tensor = new TensorEntry(made.Tensor.Name, DataType.Float32, made.Tensor.Shape) };
    }

    private static (StoredWeight Blocks, StoredWeight Scales)? Blocks(Dictionary<string, StoredWeight> byLeaf, string name)
        => byLeaf.TryGetValue(name + "_blocks", out var blocks) && byLeaf.TryGetValue(name + "_scales", out var scales)
            && blocks.Tensor is { Type: DataType.UInt8, Shape: [_, _, _, BlockLength / 2] } && scales.Tensor.Type == DataType.UInt8
            && scales.Tensor.Shape.SequenceEqual(blocks.Tensor.Shape[..3]) ? (blocks, scales) : null;

    /// <summary>(experts, rows, blocks, bytes) as (experts, rows, columns).</summary>
    private static long[] Whole((StoredWeight Blocks, StoredWeight Scales) stored)
        => [stored.Blocks.Tensor.Shape[0], stored.Blocks.Tensor.Shape[1], stored.Blocks.Tensor.Shape[2] * BlockLength];

    private static NDArray Numbers(NDArray blocks, NDArray scales)
    {
        var bytes = blocks.Bytes.Span;
        var exponents = scales.Bytes.Span;
        var numbers = new float[2 * bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var exponent = exponents[i / (BlockLength / 2)];
            var scale = exponent == byte.MaxValue ? float.NaN : MathF.ScaleB(1, exponent - 127);
            (numbers[2 * i], numbers[2 * i + 1]) = (scale * Fours[bytes[i] & 15], scale * Fours[bytes[i] >> 4]);
        }

        return NDArray.From<float>(numbers, blocks.Shape[0], blocks.Shape[1], blocks.Shape[2] * BlockLength);
    }

    private static long[] Halved(IReadOnlyList<long> shape, int axis) => [.. shape.Select((length, i) => i == axis ? length / 2 : length)];

    private static long[] Turned(IReadOnlyList<long> shape) => [shape[0], shape[2], shape[1]];

    /// <summary>Every n-th element of an axis.</summary>
    private static NDArray Every(NDArray array, int axis, int first, int step)
    {
        var size = array.Type.ByteSize() * array.Shape.Skip(axis + 1).Aggregate(1, (product, length) => product * length);
        int[] shape = [.. array.Shape.Select((length, i) => i == axis ? length / step : length)];
        var bytes = new byte[array.Bytes.Length / step];
        for (var (to, from) = (0, first * size); to < bytes.Length; to += size, from += step * size)
            array.Bytes.Span.Slice(from, size).CopyTo(bytes.AsSpan(to));
        return new(array.Type, [.. shape], bytes);
    }
}
