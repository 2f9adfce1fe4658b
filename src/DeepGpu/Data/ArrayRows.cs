namespace DeepGpu.Data;

/// <summary>Rows of arrays: taken out, picked, put together.</summary>
internal static class ArrayRows
{
    /// <summary>One row without the first axis.</summary>
    public static NDArray Row(NDArray array, int index) => array.Slice(index, 1).Reshape([.. array.Shape.Skip(1)]);

    /// <summary>The rows at some positions.</summary>
    public static NDArray Gather(NDArray array, IReadOnlyList<int> indices)
    {
        var row = array.Bytes.Length / array.Shape[0];
        var bytes = new byte[Total(row, indices.Count)];
        for (var i = 0; i < indices.Count; i++) array.Bytes.Span.Slice(indices[i] * row, row).CopyTo(bytes.AsSpan(i * row));
        return new(array.Type, [indices.Count, .. array.Shape.Skip(1)], bytes);
    }

    /// <summary>Arrays of one shape and type under a new first axis.</summary>
    /// <param name="arrays">The arrays, at least one.</param>
    /// <param name="different">The error for an array that differs from the first: its position, itself, the first.</param>
    public static NDArray Stack(IReadOnlyList<NDArray> arrays, Func<int, NDArray, NDArray, Exception> different)
    {
        var first = arrays[0];
        var row = first.Bytes.Length;
        var bytes = new byte[Total(row, arrays.Count)];
        for (var i = 0; i < arrays.Count; i++)
        {
            if (arrays[i].Type != first.Type || !arrays[i].Shape.SequenceEqual(first.Shape)) throw different(i, arrays[i], first);
            arrays[i].Bytes.Span.CopyTo(bytes.AsSpan(i * row));
        }

        return new(first.Type, [arrays.Count, .. first.Shape], bytes);
    }

    private static int Total(int row, int count)
        => (long)row * count <= Array.MaxLength ? row * count : throw new TrainingDataException(new(
            "array_too_large",
            "An array in memory has at most 2 GiB,",
            $"but {count} samples of {row} bytes are more.",
            "Train on the DataStream instead of a Dataset, or take fewer samples."));
}
