using System.Numerics;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Pytorch;

/// <summary>Checks that a tensor's view lies inside its storage, before a single element is read.</summary>
internal static class TensorView
{
    private const int MaxRank = 64;

    /// <summary>How far a view may repeat its storage's bytes (stride 0, as <c>expand</c> makes):
    /// enough for what people save, not for a bomb.</summary>
    private const long MaxRepeatedBytes = 1 << 22;

    public static PickledTensor Check(StoragePart part, DataType type, BigInteger start, BigInteger[] shape,
        BigInteger[] strides, long offset)
    {
        var key = part.Storage.Key;
        if (shape.Length != strides.Length || shape.Length > MaxRank)
            throw Refuse("rank_mismatch", $"A tensor has a size and a stride for each of at most {MaxRank} axes,",
                $"but {shape.Length} sizes and {strides.Length} strides.", key, offset);
        if (start < 0)
            throw Refuse("negative_offset", "A tensor may not start before its storage,", $"but starts at {start}.", key, offset);
        if (shape.Any(length => length < 0))
            throw Refuse("negative_dimension", "A size may not be negative,",
                $"but the sizes are ({string.Join(", ", shape)}).", key, offset);
        if (strides.Any(stride => stride < 0))
            throw Refuse("negative_stride", "A stride may not be negative,",
                $"but the strides are ({string.Join(", ", strides)}).", key, offset);
        var count = Count(part, type);
        var needed = shape.Any(length => length.IsZero)
            ? BigInteger.Zero
            : shape.Zip(strides, (length, stride) => (length - 1) * stride).Aggregate(BigInteger.One, BigInteger.Add);
        if (start + needed > count)
            throw Refuse("tensor_out_of_storage", $"A tensor must lie inside its storage of {count} elements,",
                $"but reaches to element {start + needed}.", key, offset);
        CheckRepeats(part, type, shape, count, offset);
        return new(part, type, (long)start, [.. shape.Select(Narrow)], [.. strides.Select(Narrow)]);
    }

    /// <summary>How many elements of the tensor's type the storage holds.</summary>
    private static long Count(StoragePart part, DataType type)
        => part.Storage.Element == ElementType.Untyped ? part.Count / type.ByteSize() : part.Count;

    private static void CheckRepeats(StoragePart part, DataType type, BigInteger[] shape, long count, long offset)
    {
        var elements = shape.Aggregate(BigInteger.One, BigInteger.Multiply);
        if ((elements - count) * type.ByteSize() > MaxRepeatedBytes)
            throw Refuse("tensor_out_of_storage", $"A tensor may repeat its storage's {count} elements in {MaxRepeatedBytes} bytes,",
                $"but would fill {elements} elements.", part.Storage.Key, offset);
        if (shape.Any(length => length > TensorSize.MaxAxis))
            throw Refuse("size_overflow", "An axis here has at most 2^31 - 1 positions,", "but one has more.", part.Storage.Key, offset);
    }

    /// <summary>A stride over an axis of one position, or of an empty tensor, may be anything; it is never used.</summary>
    private static long Narrow(BigInteger value) => value > long.MaxValue ? 0 : (long)value;

    private static ModelFormatException Refuse(string code, string rule, string received, string key, long offset)
        => PthFile.Refusals.Because(code, rule, received, key, offset);
}
