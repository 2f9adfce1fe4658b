namespace DeepGpu.Formats;

/// <summary>The element types' names in safetensors files.</summary>
public static class SafetensorsTypes
{
    private static readonly Dictionary<string, DataType> ByName = new(StringComparer.Ordinal)
    {
        ["BOOL"] = DataType.Bool,
        ["U8"] = DataType.UInt8,
        ["I8"] = DataType.Int8,
        ["U16"] = DataType.UInt16,
        ["I16"] = DataType.Int16,
        ["U32"] = DataType.UInt32,
        ["I32"] = DataType.Int32,
        ["U64"] = DataType.UInt64,
        ["I64"] = DataType.Int64,
        ["F8_E4M3"] = DataType.Float8E4M3,
        ["F8_E5M2"] = DataType.Float8E5M2,
        ["F16"] = DataType.Float16,
        ["BF16"] = DataType.BFloat16,
        ["F32"] = DataType.Float32,
        ["F64"] = DataType.Float64,
    };

    /// <summary>Legal names whose bits this library does not compute with, and how many bits each element takes.</summary>
    private static readonly Dictionary<string, int> UnsupportedBits = new(StringComparer.Ordinal)
    {
        ["F4"] = 4,
        ["F6_E2M3"] = 6,
        ["F6_E3M2"] = 6,
        ["F8_E8M0"] = 8,
        ["C64"] = 64,
    };

    /// <summary>The name of a type, e.g. "F32".</summary>
    public static string NameOf(DataType type) => ByName.First(pair => pair.Value == type).Key;

    internal static bool TryParse(string name, out DataType type) => ByName.TryGetValue(name, out type);

    internal static bool TryParseUnsupported(string name, out int bits) => UnsupportedBits.TryGetValue(name, out bits);
}
