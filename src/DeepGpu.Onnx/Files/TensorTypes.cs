using DeepGpu.Onnx.Schema;

namespace DeepGpu.Onnx.Files;

/// <summary>Element types of ONNX by their numbers, those of releases after the schema's too.</summary>
internal static class TensorTypes
{
    public const int Float32 = (int)TensorProto.Types.DataType.Float;
    public const int UInt8 = (int)TensorProto.Types.DataType.Uint8;
    public const int Int8 = (int)TensorProto.Types.DataType.Int8;
    public const int Int32 = (int)TensorProto.Types.DataType.Int32;
    public const int Int64 = (int)TensorProto.Types.DataType.Int64;
    public const int Bool = (int)TensorProto.Types.DataType.Bool;
    public const int Float64 = (int)TensorProto.Types.DataType.Double;
    public const int Text = (int)TensorProto.Types.DataType.String;

    private const int Float16 = (int)TensorProto.Types.DataType.Float16;
    private const int BFloat16 = (int)TensorProto.Types.DataType.Bfloat16;

    /// <summary>The first and last of the types in 8 bits, then of those in 4 (release 1.16 and 1.18), then in 2 (1.20).</summary>
    private const int FirstFloat8 = 17, LastFloat8 = 20, UInt4 = 21, Int4 = 22, Float4 = 23, FloatE8 = 24, UInt2 = 25, Int2 = 26;

    private static readonly Dictionary<int, DataType> Types = new()
    {
        [Float32] = DataType.Float32,
        [Float64] = DataType.Float64,
        [Float16] = DataType.Float16,
        [BFloat16] = DataType.BFloat16,
        [UInt8] = DataType.UInt8,
        [Int8] = DataType.Int8,
        [(int)TensorProto.Types.DataType.Uint16] = DataType.UInt16,
        [(int)TensorProto.Types.DataType.Int16] = DataType.Int16,
        [(int)TensorProto.Types.DataType.Uint32] = DataType.UInt32,
        [Int32] = DataType.Int32,
        [(int)TensorProto.Types.DataType.Uint64] = DataType.UInt64,
        [Int64] = DataType.Int64,
        [Bool] = DataType.Bool,
    };

    private static readonly Dictionary<DataType, int> Numbers = Types.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Bits of an element; 0 for texts and types that are not known.</summary>
    public static int Bits(int type) => type switch
    {
        Float32 or Int32 or (int)TensorProto.Types.DataType.Uint32 => 32,
        UInt8 or Int8 or Bool or (>= FirstFloat8 and <= LastFloat8) or FloatE8 => 8,
        Float16 or BFloat16 or (int)TensorProto.Types.DataType.Int16 or (int)TensorProto.Types.DataType.Uint16 => 16,
        Int64 or Float64 or (int)TensorProto.Types.DataType.Uint64 or (int)TensorProto.Types.DataType.Complex64 => 64,
        (int)TensorProto.Types.DataType.Complex128 => 128,
        UInt4 or Int4 or Float4 => 4,
        UInt2 or Int2 => 2,
        _ => 0,
    };

    /// <summary>Whether elements are numbers with a fraction: what weights are.</summary>
    public static bool IsReal(int type)
        => type is Float32 or Float64 or Float16 or BFloat16 or (>= FirstFloat8 and <= LastFloat8) or Float4;

    /// <summary>The element type in this library; null where it has none.</summary>
    public static DataType? Of(int type) => Types.TryGetValue(type, out var known) ? known : null;

    /// <summary>ONNX's number of an element type of this library.</summary>
    public static int NumberOf(DataType type) => Numbers[type];
}
