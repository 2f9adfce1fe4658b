namespace DeepGpu.Weights;

/// <summary>Arrays with their elements in another order, whatever their element type.</summary>
internal static class ArrayOrder
{
    /// <summary>The axes in another order.</summary>
    /// <param name="array">The array.</param>
    /// <param name="axes">For each axis of the result, the array's axis.</param>
    public static NDArray Permuted(NDArray array, params IReadOnlyList<int> axes)
    {
        int[] shape = [.. axes.Select(axis => array.Shape[axis])];
        return Gathered(array, shape, places => axes.Select((axis, i) => (axis, i))
            .Sum(pair => (long)places[pair.i] * Stride(array, pair.axis)));
    }

    /// <summary>Some axes backwards.</summary>
    public static NDArray Reversed(NDArray array, params IReadOnlyList<int> axes) => Gathered(array, [.. array.Shape], places
        => Enumerable.Range(0, array.Rank)
            .Sum(axis => (long)(axes.Contains(axis) ? array.Shape[axis] - 1 - places[axis] : places[axis]) * Stride(array, axis)));

    /// <summary>The same elements in another shape.</summary>
    public static NDArray Reshaped(NDArray array, params IReadOnlyList<int> shape) => new(array.Type, [.. shape], array.Bytes.ToArray());

    /// <summary>Arrays beside one another on the last axis.</summary>
    public static NDArray Joined(params IReadOnlyList<NDArray> arrays)
    {
        var (first, size) = (arrays[0], arrays[0].Type.ByteSize());
        var rows = first.Shape.SkipLast(1).Aggregate(1, (product, length) => product * length);
        var row = arrays.Sum(array => array.Shape[^1]) * size;
        var bytes = new byte[rows * row];
        var start = 0;
        foreach (var array in arrays)
        {
            var part = array.Shape[^1] * size;
            for (var i = 0; i < rows; i++) array.Bytes.Span.Slice(i * part, part).CopyTo(bytes.AsSpan(i * row + start));
            start += part;
        }

        return new(first.Type, [.. first.Shape.SkipLast(1), row / size], bytes);
    }

    /// <summary>A part of the last axis.</summary>
    public static NDArray Part(NDArray array, int start, int length)
        => Gathered(array, [.. array.Shape.SkipLast(1), length], places
            => Enumerable.Range(0, places.Length)
                .Sum(axis => (long)(places[axis] + (axis == places.Length - 1 ? start : 0)) * Stride(array, axis)));

    private static long Stride(NDArray array, int axis) => array.Shape.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);

    private static NDArray Gathered(NDArray array, int[] shape, Func<int[], long> source)
    {
        var (size, places) = (array.Type.ByteSize(), new int[shape.Length]);
        var bytes = new byte[array.Type.ByteSize() * shape.Aggregate(1, (product, length) => product * length)];
        for (var i = 0; i < bytes.Length; i += size)
        {
            array.Bytes.Span.Slice((int)(source(places) * size), size).CopyTo(bytes.AsSpan(i));
            Advance(places, shape);
        }

        return new(array.Type, [.. shape], bytes);
    }

    private static void Advance(int[] places, int[] shape)
    {
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (++places[axis] < shape[axis]) return;
            places[axis] = 0;
        }
    }
}
