using System.Text;

namespace DeepGpu.Formats;

/// <summary>Reads and writes NumPy's .npy files: one numeric array. Arrays of Python objects are pickles and are refused.</summary>
public sealed class NpyFile : TensorFile
{
    internal static readonly FileFormat Declaration = new("npy", ".npy");

    private const int Alignment = 64;

    /// <summary>What the one array is called.</summary>
    private const string Name = "data";

    private NpyFile(ByteSource source)
        : base(Declaration, [Open(source, Name)], source.Path, [source])
    {
    }

    /// <summary>Opens a file and checks that its header and length fit each other.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static NpyFile Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of a file that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format.</exception>
    public static NpyFile Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    /// <summary>Reads a file's array, row-major and little-endian.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    public static NDArray Read(string path)
    {
        using var file = Open(path);
        return file.Read(file.Tensors[0]);
    }

    /// <summary>Writes an array as numpy.save does.</summary>
    /// <param name="stream">Where to write; need not seek.</param>
    /// <param name="values">The array. NumPy has no bfloat16.</param>
    /// <exception cref="DeepGpuArgumentException">NumPy has no such element type.</exception>
    public static void Write(Stream stream, NDArray values)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(values);
        var descr = NpyHeader.NameOf(values.Type)
            ?? throw Require.OutOfRange(nameof(NpyFile), nameof(values), "an array of a type that NumPy has", values.Type);
        var shape = values.Rank == 1 ? $"{values.Shape[0]}," : string.Join(", ", values.Shape);
        var text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}";
        var length = (10 + text.Length + 1 + Alignment - 1) / Alignment * Alignment - 10;
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + '\n'));
        stream.Write(values.Bytes.Span);
    }

    internal static NpyFile Open(ByteSource source) => new(source);

    /// <summary>An array's entry and place, the source's length checked against both.</summary>
    internal static StoredTensor Open(ByteSource source, string name)
    {
        var header = NpyHeader.Read(source, name);
        var length = TensorSize.Bytes(header.Shape, header.Type.ByteSize(), name, NpyHeader.Refusals);
        var actual = source.Length - header.DataOffset;
        if (actual != length)
            throw NpyHeader.Refusals.Because(actual < length ? "truncated" : "trailing_bytes",
                $"Shape ({TensorSize.Text(header.Shape)}) of {header.Type} needs {length} bytes,",
                $"but {actual} follow the header.", name, header.DataOffset);
        var strides = Strides(header);
        return new(new(name, header.Type, [.. header.Shape]),
            new StridedBytes(source, header.DataOffset, header.Type.ByteSize(), [.. header.Shape], [.. strides], header.IsBigEndian));
    }

    private static long[] Strides(NpyHeader header)
    {
        var strides = new long[header.Shape.Length];
        var stride = 1L;
        for (var i = 0; i < strides.Length; i++)
        {
            var axis = header.IsFortranOrder ? i : strides.Length - 1 - i;
            strides[axis] = stride;
            stride = unchecked(stride * header.Shape[axis]);
        }

        return strides;
    }
}
