using DeepGpu.Formats;
using DeepGpu.Models.Values;

namespace DeepGpu.Weights;

/// <summary>Weights that files keep in 8 bits, with what they are to be multiplied with beside them: one number for all, one for each row,
/// or one for each block of rows and columns.</summary>
/// <remarks>DeepSeek-V3, https://arxiv.org/abs/2412.19437, keeps weight and weight_scale_inv for blocks of 128 x 128, of which the last may
/// be smaller; others keep weight_scale of one number or (rows, 1).</remarks>
internal static class ScaledWeights
{
    private static readonly string[] Endings = ["_scale_inv", "_scale"];

    /// <summary>What is measured of a layer's inputs, to compute in 8 bits.</summary>
    private static readonly string[] OfInputs = ["input_scale", "activation_scale", "output_scale", "k_scale", "v_scale"];

    /// <summary>Whether a tensor says something of inputs only, which computing in floating point has no use for.</summary>
    public static bool IsOfInputs(string leaf) => OfInputs.Contains(leaf);

    /// <summary>The group with its weights in floating point.</summary>
    public static StoredGroup Applied(StoredGroup group)
    {
        var byLeaf = group.Weights.ToLookup(weight => weight.Leaf, StringComparer.Ordinal);
        var (weights, used) = (new List<StoredWeight>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var weight in group.Weights)
        {
            var scale = Endings.SelectMany(ending => byLeaf[weight.Leaf + ending]).Select(item => (StoredWeight?)item).FirstOrDefault();
            weights.Add(Applied(weight, scale) ?? weight);
            if (scale is { } found && weights[^1].Conversion is not null) used.Add(found.Leaf);
        }

        return group with { Weights = [.. weights.Where(weight => !used.Contains(weight.Leaf))] };
    }

    /// <summary>A weight in floating point; null where it is so, or its scale is of another shape.</summary>
    private static StoredWeight? Applied(StoredWeight weight, StoredWeight? scale)
    {
        var isWhole = weight.Tensor.Type == DataType.Int8;
        if (!isWhole && weight.Tensor.Type is not (DataType.Float8E4M3 or DataType.Float8E5M2)) return null;
        if (scale is null) return isWhole ? null : Of(weight, [weight], [.. weight.Tensor.Shape.Select(length => length)]);
        var blocks = Blocks([.. weight.Tensor.Shape], [.. scale.Value.Tensor.Shape]);
        return blocks is null ? null : Of(weight, [weight, scale.Value], blocks);
    }

    private static StoredWeight Of(StoredWeight weight, IReadOnlyList<StoredWeight> sources, long[] blocks)
    {
        var made = WeightConversion.Of(weight.Tensor.Shape, sources, arrays => Numbers(arrays, blocks));
        return made with { Tensor = new TensorEntry(made.Tensor.Name, DataType.Float32, made.Tensor.Shape) };
    }

    /// <summary>The length of a block along each axis; null where the scales do not divide the weight.</summary>
    private static long[]? Blocks(long[] shape, long[] scales)
    {
        if (scales.All(length => length == 1)) return shape;
        long[] padded = [.. scales, .. Enumerable.Repeat(1L, Math.Max(0, shape.Length - scales.Length))];
        if (padded.Length != shape.Length) return null;
        var blocks = shape.Select((length, axis) => Block(length, padded[axis])).ToArray();
        return blocks.Contains(0) ? null : blocks;
    }

    /// <summary>The power of 2 that divides an axis into a number of blocks, of which the last may be smaller; the whole axis for one; 0
    /// where there is none.</summary>
    private static long Block(long length, long count)
    {
        if (count == 1) return Math.Max(length, 1);
        for (var block = 1L; block < length; block *= 2)
        {
            if ((length + block - 1) / block == count) return block;
        }

        return 0;
    }

    private static NDArray Numbers(IReadOnlyList<NDArray> arrays, long[] blocks)
    {
        var (bits, table) = (arrays[0].Bytes, Table(arrays[0].Type));
        var scales = arrays.Count > 1 ? ElementNumbers.Of(arrays[1]) : [1];
        var (numbers, shape) = (new float[bits.Length], arrays[0].Shape);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = table[bits.Span[i]] * (float)scales[Place(i, shape, blocks)];
        return NDArray.From<float>(numbers, [.. shape]);
    }

    /// <summary>Where the scale of an element stands.</summary>
    private static long Place(long element, IReadOnlyList<int> shape, long[] blocks)
    {
        var (place, stride) = (0L, 1L);
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            place += element % shape[axis] / blocks[axis] * stride;
            stride *= (shape[axis] + blocks[axis] - 1) / blocks[axis];
            element /= shape[axis];
        }

        return place;
    }

    /// <summary>The value of each of the 256 patterns of bits.</summary>
    private static float[] Table(DataType type) => [.. Enumerable.Range(0, 256).Select(bits => type switch
    {
        DataType.Float8E4M3 => Float8.FromE4M3((byte)bits),
        DataType.Float8E5M2 => Float8.FromE5M2((byte)bits),
        _ => (sbyte)(byte)bits,
    })];
}
