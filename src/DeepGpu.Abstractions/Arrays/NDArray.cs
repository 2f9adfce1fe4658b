using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using DeepGpu.Arrays;

namespace DeepGpu;

/// <summary>An n-dimensional array in ordinary memory: element type, shape and row-major bytes.
/// Not a torch tensor: nothing to dispose.</summary>
/// <remarks>In JSON, for System.Text.Json: <c>{"type": "Float32", "shape": [2, 3], "values": [...]}</c>, the values row by row.</remarks>
[JsonConverter(typeof(NDArrayJson))]
public sealed class NDArray
{
    private readonly int[] _shape;

    /// <summary>Wraps bytes as an array, without a copy.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The length of each axis; empty for a single number.</param>
    /// <param name="bytes">The elements, row-major and little-endian.</param>
    /// <exception cref="DeepGpuArgumentException">The bytes do not fill the shape exactly, or a length is negative.</exception>
    public NDArray(DataType type, ReadOnlySpan<int> shape, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        _shape = shape.ToArray();
        Bytes = bytes;
        ElementCount = CountElements(shape);
        if (ElementCount != bytes.Length / type.ByteSize() || bytes.Length % type.ByteSize() != 0) throw WrongLength();
    }

    /// <summary>The element type.</summary>
    public DataType Type { get; }

    /// <summary>The length of each axis; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The number of axes.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public long ElementCount { get; }

    /// <summary>The elements as bytes, row-major and little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Makes an array from elements in row-major order, copying them.</summary>
    /// <exception cref="DeepGpuArgumentException">The number of values is not the product of the shape.</exception>
    public static NDArray From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged => new(DataTypeFacts.Of<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Makes an array of zeros.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The length of each axis; empty for a single number.</param>
    /// <exception cref="DeepGpuArgumentException">A length is negative, or the elements are more than 2 GiB.</exception>
    public static NDArray Zeros(DataType type, params ReadOnlySpan<int> shape)
    {
        var count = CountElements(shape);
        return count <= Array.MaxLength / type.ByteSize()
            ? new(type, shape, new byte[count * type.ByteSize()])
            : throw Require.OutOfRange(nameof(NDArray), nameof(shape), "a shape of at most 2 GiB", count);
    }

    /// <summary>Makes an array from a .NET array of any rank (<c>float[]</c>, <c>float[,]</c>, ...), copying it.</summary>
    public static NDArray From<T>(Array values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetType().GetElementType() != typeof(T))
            throw Require.OutOfRange(nameof(NDArray), nameof(values), $"an array of {typeof(T).Name}", values.GetType().Name);
        var shape = Enumerable.Range(0, values.Rank).Select(values.GetLength).ToArray();
        var bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return new(DataTypeFacts.Of<T>(), shape, bytes);
    }

    /// <summary>The elements as a span, without a copy.</summary>
    /// <exception cref="InvalidOperationException">The array holds another element type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged => DataTypeFacts.Of<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new InvalidOperationException($"The array holds {Type}, not {DataTypeFacts.Of<T>()}.");

    /// <summary>The elements as a new array.</summary>
    public T[] ToArray<T>()
        where T : unmanaged => AsSpan<T>().ToArray();

    /// <summary>The same elements under another shape, without a copy.</summary>
    /// <exception cref="DeepGpuArgumentException">The shape holds another number of elements.</exception>
    public NDArray Reshape(params ReadOnlySpan<int> shape) => new(Type, shape, Bytes);

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> of the first
    /// axis, without a copy.</summary>
    public NDArray Slice(int start, int count)
    {
        if (Rank == 0) throw Require.OutOfRange(nameof(NDArray), nameof(Rank), "at least 1 to be sliced", 0);
        if (start < 0 || count < 0 || start + (long)count > _shape[0])
            throw Require.OutOfRange(nameof(NDArray), nameof(start), $"a range inside 0..{_shape[0]}", $"{start}..{start + (long)count}");
        var row = Bytes.Length / Math.Max(_shape[0], 1);
        return new(Type, [count, .. _shape.AsSpan(1)], Bytes.Slice(start * row, count * row));
    }

    /// <summary>The element type and shape, e.g. "Float32 (60000, 28, 28, 1)".</summary>
    [JsonIgnore]
    public string TypeAndShape => $"{Type} ({string.Join(", ", _shape)})";

    /// <summary>Type, shape and values in at most 20 lines; the middle of long axes is left out.</summary>
    public override string ToString() => ArrayText.Of(this);

    /// <summary>Type, shape and values as a piece of HTML below 20 kB, a table where there are one or two axes; the middle of long axes is
    /// left out.</summary>
    public string ToHtml() => ArrayText.Html(this);

    private static long CountElements(ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var length in shape) count = Multiply(count, Require.AtLeast(length, 0, nameof(NDArray), nameof(shape)));
        return count;
    }

    private static long Multiply(long count, int length)
        => length == 0 || count <= long.MaxValue / length
            ? count * length
            : throw Require.OutOfRange(nameof(NDArray), "shape", "a shape of at most 2^63 - 1 elements", "larger");

    private DeepGpuArgumentException WrongLength() => new(
        new Fault(
            "array_length",
            $"An array of shape ({string.Join(", ", _shape)}) needs {ElementCount} elements of {Type.ByteSize()} bytes",
            $"but receives {Bytes.Length} bytes.",
            "Pass as many values as the shape's product."),
        "shape");
}
