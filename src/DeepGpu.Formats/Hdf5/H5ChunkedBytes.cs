using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Hdf5;

/// <summary>A dataset in chunks: each is read, unfiltered and copied to its place by itself.</summary>
internal sealed class H5ChunkedBytes : ITensorBytes
{
    private readonly H5Space _space;
    private readonly H5Filters _filters;
    private readonly IReadOnlyList<H5Chunk> _chunks;
    private readonly H5Datatype _type;
    private readonly long[] _shape;
    private readonly long[] _chunkShape;
    private readonly int _chunkLength;
    private readonly string _name;

    private H5ChunkedBytes(H5Space space, H5Chunked layout, H5Filters filters, H5Datatype type, long[] shape, int chunkLength,
        IReadOnlyList<H5Chunk> chunks, string name)
    {
        (_space, _filters, _type, _shape, _chunks, _name) = (space, filters, type, shape, chunks, name);
        (_chunkShape, _chunkLength) = (layout.Chunk, chunkLength);
    }

    /// <summary>Finds the chunks and decodes each once, so that what is wrong with one is known now.</summary>
    public static H5ChunkedBytes Check(H5Space space, H5Chunked layout, H5Filters filters, H5Datatype type, long[] shape, string name)
    {
        var chunkLength = ChunkLength(layout, type, shape, name);
        var chunks = H5Chunks.Read(space, layout, shape, Count(layout, shape, space, name), name);
        if (chunks.Sum(chunk => (long)chunk.StoredLength) > space.End)
            throw H5Space.Malformed($"the chunks of '{StrictJson.Printable(name)}' share bytes", 0);
        if (filters.Expands)
            Expansion.Check(chunks.Sum(chunk => (long)chunk.StoredLength), (long)chunkLength * chunks.Count, name, H5File.Refusals);
        var bytes = new H5ChunkedBytes(space, layout, filters, type, shape, chunkLength, chunks, name);
        foreach (var chunk in chunks) bytes.Decode(chunk);
        return bytes;
    }

    public void Read(Span<byte> destination)
    {
        foreach (var chunk in _chunks) Copy(Decode(chunk), chunk.Start, destination);
        if (_type.IsBigEndian) ByteOrder.Reverse(destination, _type.Size);
    }

    private static int ChunkLength(H5Chunked layout, H5Datatype type, long[] shape, string name)
    {
        if (layout.Chunk.Length != shape.Length || layout.ElementSize != type.Size || layout.Chunk.Contains(0))
            throw H5Space.Malformed($"the chunks of '{StrictJson.Printable(name)}' do not fit its shape and type", 0);
        if (!TensorSize.TryMultiply(layout.Chunk, type.Size, out var length) || length > Array.MaxLength - sizeof(int))
            throw H5File.Refusals.Because("size_overflow", "A chunk has at most 2 GiB,",
                $"but shape ({TensorSize.Text(layout.Chunk)}) has more.", name);
        return (int)length;
    }

    /// <summary>How many chunks cover the shape. Each needs an entry in the file, so a shape that the file cannot back
    /// is refused at once.</summary>
    private static long Count(H5Chunked layout, long[] shape, H5Space space, string name)
    {
        var perAxis = shape.Select((length, axis) => (length + layout.Chunk[axis] - 1) / layout.Chunk[axis]).ToArray();
        if (!TensorSize.TryMultiply(perAxis, 1, out var count) || count > space.End / (8 * (shape.Length + 3)))
            throw H5File.Refusals.Because("shape_bomb", "A dataset's chunks must all be stored,",
                $"but {space.End} bytes cannot list those of shape ({TensorSize.Text(shape)}).", name);
        return count;
    }

    private byte[] Decode(H5Chunk chunk)
        => _filters.Undo(_space.Source.ReadBytes(chunk.Address, (int)Math.Min(chunk.StoredLength, Array.MaxLength)), chunk.FilterMask,
            _chunkLength, _type.Size, _name);

    /// <summary>Copies the rows of a chunk that lie inside the dataset.</summary>
    private void Copy(ReadOnlySpan<byte> chunk, long[] start, Span<byte> destination)
    {
        var last = _shape.Length - 1;
        var row = (int)(Math.Min(_chunkShape[last], _shape[last] - start[last]) * _type.Size);
        var rows = _chunkShape[..last].Aggregate(1L, (product, length) => product * length);
        for (var i = 0L; i < rows; i++)
        {
            if (Target(i, start) is { } target)
                chunk.Slice((int)(i * _chunkShape[last] * _type.Size), row).CopyTo(destination[(int)(target * _type.Size)..]);
        }
    }

    /// <summary>The element of the dataset where a row of a chunk goes; null if the row is padding.</summary>
    private long? Target(long row, long[] start)
    {
        var last = _shape.Length - 1;
        var (target, stride) = (start[last], _shape[last]);
        for (var axis = last - 1; axis >= 0; axis--)
        {
            var position = start[axis] + row % _chunkShape[axis];
            if (position >= _shape[axis]) return null;
            target += position * stride;
            stride *= _shape[axis];
            row /= _chunkShape[axis];
        }

        return target;
    }
}
