namespace DeepGpu.Formats.Pytorch;

/// <summary>An element type as torch names it.</summary>
/// <param name="Name">torch's name, e.g. "float32".</param>
/// <param name="ByteSize">Bytes of one element.</param>
/// <param name="Type">Ours; null where this library does not compute with it.</param>
internal sealed record ElementType(string Name, int ByteSize, DataType? Type)
{
    /// <summary>Bytes whose element type the tensor names.</summary>
    public static readonly ElementType Untyped = new("untyped", 1, null);

    private ElementType(string name, DataType type)
        : this(name, type.ByteSize(), type)
    {
    }

    /// <summary>The type of a storage class; null if the name is no storage class.</summary>
    public static ElementType? OfStorage(string name) => name switch
    {
        "DoubleStorage" => OfDtype("float64"),
        "FloatStorage" => OfDtype("float32"),
        "HalfStorage" => OfDtype("float16"),
        "BFloat16Storage" => OfDtype("bfloat16"),
        "LongStorage" => OfDtype("int64"),
        "IntStorage" => OfDtype("int32"),
        "ShortStorage" => OfDtype("int16"),
        "CharStorage" => OfDtype("int8"),
        "ByteStorage" => OfDtype("uint8"),
        "BoolStorage" => OfDtype("bool"),
        "ComplexFloatStorage" => OfDtype("complex64"),
        "ComplexDoubleStorage" => OfDtype("complex128"),
        "QInt8Storage" => OfDtype("qint8"),
        "QUInt8Storage" => OfDtype("quint8"),
        "QInt32Storage" => OfDtype("qint32"),
        "UntypedStorage" => Untyped,
        _ => null,
    };

    /// <summary>The type of a dtype; null if the name is none.</summary>
    public static ElementType? OfDtype(string name) => name switch
    {
        "float64" or "double" => new("float64", DataType.Float64),
        "float32" or "float" => new("float32", DataType.Float32),
        "float16" or "half" => new("float16", DataType.Float16),
        "bfloat16" => new("bfloat16", DataType.BFloat16),
        "int64" or "long" => new("int64", DataType.Int64),
        "int32" or "int" => new("int32", DataType.Int32),
        "int16" or "short" => new("int16", DataType.Int16),
        "int8" => new("int8", DataType.Int8),
        "uint8" => new("uint8", DataType.UInt8),
        "uint16" => new("uint16", DataType.UInt16),
        "uint32" => new("uint32", DataType.UInt32),
        "uint64" => new("uint64", DataType.UInt64),
        "bool" => new("bool", DataType.Bool),
        "float8_e4m3fn" => new(name, DataType.Float8E4M3),
        "float8_e5m2" => new(name, DataType.Float8E5M2),
        "complex64" or "cfloat" => new("complex64", 8, null),
        "complex128" or "cdouble" => new("complex128", 16, null),
        "qint8" or "quint8" or "float8_e4m3fnuz" or "float8_e5m2fnuz" or "float8_e8m0fnu" =>
            new(name, 1, null),
        "qint32" => new(name, 4, null),
        "complex32" => new(name, 4, null),
        _ => null,
    };

    /// <summary>torch's name of a type.</summary>
    public static string NameOf(DataType type) => type switch
    {
        DataType.Float8E4M3 => "float8_e4m3fn",
        DataType.Float8E5M2 => "float8_e5m2",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The storage class that torch writes for a type; null for types that have none and are stored untyped.</summary>
    public static string? StorageOf(DataType type) => type switch
    {
        DataType.Float64 => "DoubleStorage",
        DataType.Float32 => "FloatStorage",
        DataType.Float16 => "HalfStorage",
        DataType.BFloat16 => "BFloat16Storage",
        DataType.Int64 => "LongStorage",
        DataType.Int32 => "IntStorage",
        DataType.Int16 => "ShortStorage",
        DataType.Int8 => "CharStorage",
        DataType.UInt8 => "ByteStorage",
        DataType.Bool => "BoolStorage",
        _ => null,
    };
}
