using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DeepGpu.Onnx.Schema;

namespace DeepGpu.Onnx.Files;

/// <summary>A tensor of a file: its type and shape at once, its elements when they are asked for.</summary>
internal sealed class StoredTensorData
{
    private const int MostAxes = 64;
    private const long MostBytes = 1L << 40;

    private readonly TensorProto _tensor;
    private readonly ExternalData? _external;

    private StoredTensorData(TensorProto tensor, long count, ExternalData? external)
        => (_tensor, Count, _external) = (tensor, count, external);

    /// <summary>Its name.</summary>
    public string Name => _tensor.Name;

    /// <summary>The number of its element type.</summary>
    public int Type => _tensor.DataType;

    /// <summary>The lengths of its axes.</summary>
    public IReadOnlyList<long> Dims => _tensor.Dims;

    /// <summary>Its elements.</summary>
    public long Count { get; }

    /// <summary>Checks a tensor: that its shape is one, and that it holds as many elements as that says.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="model">The model's file; null where it did not come from one.</param>
    /// <exception cref="ModelFormatException">It does not.</exception>
    public static StoredTensorData Of(TensorProto tensor, string? model)
    {
        var count = Product(tensor);
        var bits = TensorTypes.Bits(tensor.DataType);
        if (bits == 0 && tensor.DataType != TensorTypes.Text)
            throw OnnxFault.Because("onnx_element_type", "A tensor's element type must be one of ONNX's,",
                $"but is number {tensor.DataType}.", tensor.Name);
        var bytes = (count * bits + 7) / 8;
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External) return new(tensor, count,
            ExternalData.Of(tensor, bytes, model));
        var (held, needed) = tensor.HasRawData ? (tensor.RawData.Length, bytes) : (Values(tensor), PackedValues(tensor, count));
        if (held != needed)
            throw OnnxFault.Because("onnx_tensor_size", $"A tensor of shape ({string.Join(", ", tensor.Dims)}) needs {needed} "
                + $"{(tensor.HasRawData ? "bytes" : "values")},", $"but holds {held}.", tensor.Name);
        return new(tensor, count, null);
    }

    /// <summary>The elements as numbers; null where they are none, or more than a number.</summary>
    /// <param name="most">The most elements that are made numbers.</param>
    public double[]? Numbers(long most)
    {
        if (Count > most || TensorTypes.Of(Type) is not { } type || (_external is not null && !File.Exists(_external.Path))) return null;
        var bytes = Bytes(type).Span;
        var (numbers, size) = (new double[Count], type.ByteSize());
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Number(type, bytes.Slice(i * size, size));
        return numbers;
    }

    /// <summary>The elements in single precision.</summary>
    /// <exception cref="ModelFormatException">They are of a type that this library has not, more than 2 GiB, or lie in a file that is
    /// missing.</exception>
    public float[] ToFloats()
    {
        var type = TensorTypes.Of(Type) ?? throw OnnxFault.Because("onnx_element_type",
            "Weights must be of 8, 16, 32 or 64 bits,", $"but are of type number {Type}.", Name);
        if (Count > Array.MaxLength / 8) throw OnnxFault.Because("onnx_tensor_size", "A weight may take 2 GiB,", "but takes more.", Name);
        var bytes = Bytes(type).Span;
        if (type == DataType.Float32) return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        var (numbers, size) = (new float[Count], type.ByteSize());
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (float)Number(type, bytes.Slice(i * size, size));
        return numbers;
    }

    /// <summary>The elements, row-major and little-endian.</summary>
    private ReadOnlyMemory<byte> Bytes(DataType type)
    {
        if (_external is not null) return _external.Read();
        if (_tensor.HasRawData) return _tensor.RawData.Memory;
        var (bytes, size) = (new byte[Count * type.ByteSize()], type.ByteSize());
        for (var i = 0; i < Count; i++) Write(type, i, bytes.AsSpan(i * size, size));
        return bytes;
    }

    /// <summary>One element of the lists that hold values where there are no raw bytes: small whole numbers and halves as 32
    /// bits.</summary>
    private void Write(DataType type, int i, Span<byte> to)
    {
        switch (type)
        {
            case DataType.Float32: BinaryPrimitives.WriteSingleLittleEndian(to, _tensor.FloatData[i]); break;
            case DataType.Float64: BinaryPrimitives.WriteDoubleLittleEndian(to, _tensor.DoubleData[i]); break;
            case DataType.Int64: BinaryPrimitives.WriteInt64LittleEndian(to, _tensor.Int64Data[i]); break;
            case DataType.UInt64: BinaryPrimitives.WriteUInt64LittleEndian(to, _tensor.Uint64Data[i]); break;
            case DataType.UInt32: BinaryPrimitives.WriteUInt32LittleEndian(to, unchecked((uint)_tensor.Uint64Data[i])); break;
            default:
                Span<byte> whole = stackalloc byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(whole, _tensor.Int32Data[i]);
                whole[..to.Length].CopyTo(to);
                break;
        }
    }

    private static double Number(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DataType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        DataType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DataType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        DataType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DataType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        DataType.Int8 => unchecked((sbyte)bytes[0]),
        _ => bytes[0],
    };

    private static long Product(TensorProto tensor)
    {
        if (tensor.Dims.Count > MostAxes || tensor.Dims.Any(length => length < 0)) throw Shape(tensor);
        var count = 1L;
        foreach (var length in tensor.Dims)
        {
            if (length > 0 && count > MostBytes / length) throw Shape(tensor);
            count *= length;
        }

        return count;
    }

    private static ModelFormatException Shape(TensorProto tensor)
        => OnnxFault.Because("onnx_tensor_shape", $"A tensor has at most {MostAxes} axes of length 0 or more and 2^40 elements,",
            $"but this one has the shape ({string.Join(", ", tensor.Dims.Take(MostAxes))}).", tensor.Name);

    private static long Values(TensorProto tensor) => tensor.DataType switch
    {
        TensorTypes.Float32 or (int)TensorProto.Types.DataType.Complex64 => tensor.FloatData.Count,
        TensorTypes.Float64 or (int)TensorProto.Types.DataType.Complex128 => tensor.DoubleData.Count,
        TensorTypes.Int64 => tensor.Int64Data.Count,
        TensorTypes.Text => tensor.StringData.Count,
        (int)TensorProto.Types.DataType.Uint32 or (int)TensorProto.Types.DataType.Uint64 => tensor.Uint64Data.Count,
        _ => tensor.Int32Data.Count,
    };

    /// <summary>Complex numbers are two values, elements below 8 bits share one.</summary>
    private static long PackedValues(TensorProto tensor, long count) => TensorTypes.Bits(tensor.DataType) switch
    {
        4 => (count + 1) / 2,
        2 => (count + 3) / 4,
        _ when tensor.DataType is (int)TensorProto.Types.DataType.Complex64 or (int)TensorProto.Types.DataType.Complex128 => 2 * count,
        _ => count,
    };
}
