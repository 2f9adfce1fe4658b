using System.Buffers;
using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>A view of stored elements in any order: a transposed, sliced or expanded tensor. Its places were checked before.</summary>
/// <param name="Source">Holds the elements.</param>
/// <param name="Offset">Where the view's first element is, in bytes.</param>
/// <param name="ElementSize">Bytes of one element.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Strides">How many elements further the next position of each axis is; none is negative.</param>
/// <param name="IsReversed">Whether the elements are big-endian.</param>
internal sealed record StridedBytes(ByteSource Source, long Offset, int ElementSize, ImmutableArray<long> Shape,
    ImmutableArray<long> Strides, bool IsReversed = false)
    : ITensorBytes
{
    public PlainBytes? Plain => IsRowMajor() ? new(Source, Offset, IsReversed ? ElementSize : 1) : null;

    public void Read(Span<byte> destination)
    {
        if (destination.IsEmpty) return;
        if (Plain is { } plain)
        {
            plain.Read(destination);
            return;
        }

        Gather(destination);
        if (IsReversed) ByteOrder.Reverse(destination, ElementSize);
    }

    /// <summary>How many stored elements the view spans, from its first to its last: 0 for an empty view.</summary>
    public static Int128 Span(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        Int128 last = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 0) return 0;
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        return last + 1;
    }

    private bool IsRowMajor()
    {
        var expected = 1L;
        for (var axis = Shape.Length - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && Strides[axis] != expected) return false;
            expected *= Shape[axis];
        }

        return true;
    }

    private void Gather(Span<byte> destination)
    {
        var length = checked((int)((long)Span(Shape.AsSpan(), Strides.AsSpan()) * ElementSize));
        var window = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Source.Read(Offset, window.AsSpan(0, length));
            Gather(window, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private void Gather(ReadOnlySpan<byte> window, Span<byte> destination)
    {
        var index = new long[Shape.Length];
        var position = 0L;
        for (var target = 0; target < destination.Length; target += ElementSize)
        {
            window.Slice((int)position * ElementSize, ElementSize).CopyTo(destination[target..]);
            position += Advance(index);
        }
    }

    /// <summary>Moves to the next element in row-major order and tells how far that is.</summary>
    private long Advance(long[] index)
    {
        var distance = 0L;
        for (var axis = Shape.Length - 1; axis >= 0; axis--)
        {
            distance += Strides[axis];
            if (++index[axis] < Shape[axis]) return distance;
            distance -= Strides[axis] * Shape[axis];
            index[axis] = 0;
        }

        return distance;
    }
}
