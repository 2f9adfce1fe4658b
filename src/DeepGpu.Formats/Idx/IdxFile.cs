using System.Buffers.Binary;
using System.IO.Compression;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats;

/// <summary>Reads idx files (MNIST's format), plain or gzip: http://yann.lecun.com/exdb/mnist/. All axes are big-endian.</summary>
public static class IdxFile
{
    private const int MaxRank = 8;

    private static readonly Refusals Refusals = new("Download the file again; it is damaged or not an idx file.");

    /// <summary>Whether a file starts as idx, plain or gzip; what it is called does not matter.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static bool IsIdx(string path) => ByteSource.Use(path, source =>
    {
        using var stream = new ByteSourceStream(source);
        if (stream.Length == 0 || !IsGzip(stream)) return FileStart.Of(source) == FileStart.Kind.Idx;
        try
        {
            var start = new byte[4];
            using var inflated = new GZipStream(stream, CompressionMode.Decompress);
            return inflated.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && FileStart.IsIdx(start);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    });

    /// <summary>Reads a file's array, converted to little-endian.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    public static NDArray Read(string path) => ByteSource.Use(path, source => Read(new ByteSourceStream(source)));

    /// <summary>Reads an array from a stream that can seek.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format.</exception>
    public static NDArray Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Position == stream.Length)
            throw Refuse("empty_file", "An idx file must have a header,", "but the file is empty.", offset: 0);
        var length = stream.Length - stream.Position;
        if (!IsGzip(stream)) return Parse(stream, length, isGzip: false);
        var announced = AnnouncedLength(stream);
        using var inflated = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var array = Parse(inflated, length, isGzip: true);
            var actual = (uint)(4 + 4 * array.Rank + array.Bytes.Length);
            return actual == announced
                ? array
                : throw Refuse("truncated", $"A gzip stream must end with its length, {actual} bytes here,", "but does not.");
        }
        catch (InvalidDataException e)
        {
            throw Refuse("crc_mismatch", "A gzip stream must be whole and match its checksum,", $"but: {e.Message}", e);
        }
    }

    /// <summary>Checks that every label is below a number of classes.</summary>
    /// <param name="labels">The labels: UInt8 (count).</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="file">Where the labels came from, for the refusal; null if from no file.</param>
    /// <exception cref="ModelFormatException">One is not: its position and value are named. Or the array is none of labels.</exception>
    public static void CheckLabels(NDArray labels, int classes, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Type != DataType.UInt8 || labels.Rank != 1)
            throw Refuse("wrong_dtype", "Labels must be one axis of bytes,", $"but are {labels.TypeAndShape}.", file: file);
        var values = labels.AsSpan<byte>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= classes)
                throw Refuse("label_out_of_range", $"Labels of {classes} classes go from 0 to {classes - 1},",
                    $"but label {i} is {values[i]}.", entry: $"label {i}", file: file);
        }
    }

    /// <summary>Checks that two files that belong together, images and their labels, have the same count.</summary>
    /// <param name="images">The images: the count is their first axis.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="file">Where the labels came from, for the refusal; null if from no file.</param>
    /// <exception cref="ModelFormatException">They have not.</exception>
    public static void CheckPair(NDArray images, NDArray labels, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.Shape[0] != labels.Shape[0])
            throw Refuse("count_mismatch", "There must be one label for each image,",
                $"but there are {images.Shape[0]} and {labels.Shape[0]}.", file: file);
    }

    private static bool IsGzip(Stream stream)
    {
        var start = stream.Position;
        var gzip = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = start;
        return gzip;
    }

    /// <summary>The inflated length modulo 2^32 in the last four bytes of a gzip stream (RFC 1952), which .NET does not look at.</summary>
    private static uint AnnouncedLength(Stream stream)
    {
        var start = stream.Position;
        Span<byte> field = stackalloc byte[4];
        stream.Position = Math.Max(start, stream.Length - field.Length);
        stream.ReadAtLeast(field, field.Length, throwOnEndOfStream: false);
        stream.Position = start;
        return BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    private static NDArray Parse(Stream stream, long fileLength, bool isGzip)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(stream, magic, "the magic number");
        if (magic[0] != 0 || magic[1] != 0)
            throw Refuse("bad_magic", "An idx file starts with two zero bytes,", $"but with {magic[0]:x2} {magic[1]:x2}.", offset: 0);
        var type = ElementType(magic[2]);
        if (magic[3] is 0 or > MaxRank)
            throw Refuse("bad_rank", $"An idx array has 1 to {MaxRank} axes,", $"but announces {magic[3]}.", offset: 3);
        var shape = ReadShape(stream, magic[3]);
        var length = ByteLength(shape, type);
        if (isGzip) Expansion.Check(fileLength, length, "data", Refusals);
        else CheckLength(fileLength - 4 - 4 * magic[3], length, shape);
        return new(type, shape, Body(stream, length, type.ByteSize()));
    }

    private static void CheckLength(long following, long needed, int[] shape)
    {
        if (following != needed)
            throw Refuse("size_mismatch", $"Shape ({string.Join(", ", shape)}) needs {needed} bytes of data,",
                $"but {following} follow the header.");
    }

    private static DataType ElementType(byte code) => code switch
    {
        0x08 => DataType.UInt8,
        0x09 => DataType.Int8,
        0x0B => DataType.Int16,
        0x0C => DataType.Int32,
        0x0D => DataType.Float32,
        0x0E => DataType.Float64,
        _ => throw Refuse("bad_type", "An idx element type is one of 08, 09, 0B, 0C, 0D and 0E,", $"but is {code:X2}.", offset: 2),
    };

    private static int[] ReadShape(Stream stream, int rank)
    {
        var shape = new int[rank];
        Span<byte> field = stackalloc byte[4];
        for (var axis = 0; axis < rank; axis++)
        {
            Fill(stream, field, "the axes' lengths");
            shape[axis] = BinaryPrimitives.ReadInt32BigEndian(field);
            if (shape[axis] < 0)
                throw Refuse("size_overflow", "An axis of an idx array has at most 2^31 - 1 positions,",
                    $"but axis {axis} announces {(uint)shape[axis]}.", offset: 4 + 4 * axis);
        }

        return shape;
    }

    private static int ByteLength(int[] shape, DataType type)
    {
        try
        {
            return shape.Aggregate(type.ByteSize(), (product, length) => checked(product * length));
        }
        catch (OverflowException)
        {
            throw Refuse("size_overflow", "An idx array here has at most 2^31 - 1 bytes,",
                $"but shape ({string.Join(", ", shape)}) is larger.", offset: 4);
        }
    }

    /// <summary>Reads the data, converted to little-endian; its length was compared with the file's before.</summary>
    private static byte[] Body(Stream stream, int length, int elementSize)
    {
        var body = new byte[length];
        Fill(stream, body, $"{length} bytes of data");
        if (stream.ReadByte() >= 0) throw Refuse("size_mismatch", $"The data must have {length} bytes,", "but more follow.");
        ByteOrder.Reverse(body, elementSize);
        return body;
    }

    private static void Fill(Stream stream, Span<byte> target, string part)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw Refuse("truncated", $"The file must hold {part},", "but ends before.");
    }

    private static ModelFormatException Refuse(string code, string rule, string received, Exception? inner = null, string? entry = null,
        long? offset = null, string? file = null)
    {
        var refusal = Refusals.Because(code, rule, received, entry, offset, inner: inner);
        return file is null ? refusal : refusal.InFile(file);
    }
}
