using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Writes contiguous datasets.</summary>
internal static class H5DatasetWriter
{
    private const int FillMessage = 5;

    /// <summary>Places the values and their header, and gives the header's address.</summary>
    public static long Place(H5Output output, NDArray values)
    {
        var data = values.Bytes.IsEmpty ? H5Space.Undefined : (ulong)output.Place(values.Bytes);
        var messages = new List<byte[]>
        {
            H5MessageWriter.Message(H5MessageType.Dataspace, H5MessageWriter.Dataspace(values.Shape)),
            H5MessageWriter.Message(H5MessageType.Datatype, Type(values.Type)),
            H5MessageWriter.Message(FillMessage, new ByteWriter().UInt8(2).UInt8(2).UInt8(2).UInt8(1).UInt32(0)),
            H5MessageWriter.Message(H5MessageType.Layout,
                new ByteWriter().UInt8(3).UInt8(1).UInt64(data).UInt64((ulong)values.Bytes.Length)),
        };
        if (values.Type == DataType.BFloat16) messages.AddRange(H5MessageWriter.Attributes(output, [("dtype", ["bfloat16"], true)]));
        return output.Place(H5MessageWriter.Header(messages));
    }

    private static ByteWriter Type(DataType type) => type switch
    {
        DataType.Float8E4M3 => Float(1, exponent: 4, mantissa: 3, bias: 7),
        DataType.Float8E5M2 => Float(1, exponent: 5, mantissa: 2, bias: 15),
        DataType.Float16 => Float(2, exponent: 5, mantissa: 10, bias: 15),
        DataType.Float32 => Float(4, exponent: 8, mantissa: 23, bias: 127),
        DataType.Float64 => Float(8, exponent: 11, mantissa: 52, bias: 1023),
        DataType.BFloat16 => new ByteWriter().UInt8(0x15).UInt8(0).UInt16(0).UInt32(2).UInt64(0),
        DataType.Bool => Boolean(),
        _ => Integer(type.ByteSize(), type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64),
    };

    private static ByteWriter Integer(int size, bool isSigned)
        => new ByteWriter().UInt8(0x10).UInt8(isSigned ? 8 : 0).UInt16(0).UInt32(size).UInt16(0).UInt16(size * 8);

    /// <summary>The sign on top, then the exponent, then a mantissa whose first bit is implied.</summary>
    private static ByteWriter Float(int size, int exponent, int mantissa, int bias)
        => new ByteWriter().UInt8(0x11).UInt8(0x20).UInt8(size * 8 - 1).UInt8(0).UInt32(size).UInt16(0).UInt16(size * 8).UInt8(mantissa)
            .UInt8(exponent).UInt8(0).UInt8(mantissa).UInt32(bias);

    /// <summary>h5py's bool: an enumeration of FALSE and TRUE over a byte.</summary>
    private static ByteWriter Boolean()
        => new ByteWriter().UInt8(0x18).UInt8(2).UInt16(0).UInt32(1).Bytes(Integer(1, isSigned: true).ToArray()).Bytes("FALSE\0\0\0"u8)
            .Bytes("TRUE\0\0\0\0"u8).UInt8(0).UInt8(1);
}
