namespace DeepGpu;

/// <summary>The element type of an array or a stored tensor.</summary>
public enum DataType
{
    /// <summary>True or false, one byte.</summary>
    Bool,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>Single precision's range with an 8-bit mantissa.</summary>
    BFloat16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,

    /// <summary>8 bits, of which 4 are the exponent: torch's float8_e4m3fn. Files hold weights so; nothing is computed in it. Values:
    /// <see cref="Float8.FromE4M3"/>.</summary>
    Float8E4M3,

    /// <summary>8 bits, of which 5 are the exponent: torch's float8_e5m2. Files hold weights so; nothing is computed in it. Values:
    /// <see cref="Float8.FromE5M2"/>.</summary>
    Float8E5M2,
}

/// <summary>Facts about a <see cref="DataType"/>.</summary>
public static class DataTypeFacts
{
    /// <summary>Bytes one element takes.</summary>
    public static int ByteSize(this DataType type) => type switch
    {
        DataType.Bool or DataType.UInt8 or DataType.Int8 or DataType.Float8E4M3 or DataType.Float8E5M2 => 1,
        DataType.UInt16 or DataType.Int16 or DataType.Float16 or DataType.BFloat16 => 2,
        DataType.UInt32 or DataType.Int32 or DataType.Float32 => 4,
        DataType.UInt64 or DataType.Int64 or DataType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a data type."),
    };

    /// <summary>The type that holds elements of the .NET type <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">No element type corresponds.</exception>
    public static DataType Of<T>()
        where T : unmanaged => default(T) switch
        {
            bool => DataType.Bool,
            byte => DataType.UInt8,
            sbyte => DataType.Int8,
            ushort => DataType.UInt16,
            short => DataType.Int16,
            uint => DataType.UInt32,
            int => DataType.Int32,
            ulong => DataType.UInt64,
            long => DataType.Int64,
            Half => DataType.Float16,
            float => DataType.Float32,
            double => DataType.Float64,
            _ => throw new NotSupportedException($"Arrays of {typeof(T).Name} are not supported."),
        };
}
