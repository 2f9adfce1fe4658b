namespace DeepGpu.Formats;

/// <summary>Sizes that come from files: every product is checked before anything is allocated.</summary>
internal static class TensorSize
{
    /// <summary>The most positions of one axis that an <see cref="NDArray"/> has room for.</summary>
    public const long MaxAxis = int.MaxValue;

    /// <summary>The product of the lengths and a unit; false if it does not fit 63 bits or a length is negative.</summary>
    public static bool TryMultiply(ReadOnlySpan<long> lengths, long unit, out long product)
    {
        product = unit;
        foreach (var length in lengths)
        {
            var wide = (Int128)product * length;
            if (length < 0 || wide > long.MaxValue) return false;
            product = (long)wide;
        }

        return true;
    }

    /// <summary>The bytes of a tensor whose shape comes from a file.</summary>
    /// <exception cref="ModelFormatException">An axis is negative or too long, or the bytes do not fit 63 bits.</exception>
    public static long Bytes(ReadOnlySpan<long> shape, int elementSize, string name, Refusals refusals)
    {
        foreach (var length in shape)
        {
            if (length < 0) throw refusals.Because("negative_dimension", "An axis may not be negative,", $"but one is {length}.", name);
            if (length > MaxAxis)
                throw refusals.Because("size_overflow", "An axis here has at most 2^31 - 1 positions,", $"but one has {length}.", name);
        }

        return TryMultiply(shape, elementSize, out var bytes)
            ? bytes
            : throw refusals.Because("size_overflow", "A tensor's size must fit 63 bits,", $"but shape ({Text(shape)}) does not.", name);
    }

    /// <summary>A shape as text.</summary>
    public static string Text(ReadOnlySpan<long> shape) => string.Join(", ", shape.ToArray());
}
