using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DeepGpu.Arrays;

/// <summary>Single elements of an array, as text and in JSON.</summary>
internal static class ArrayElements
{
    /// <summary>An element for people: six digits of a fraction.</summary>
    public static string Text(NDArray array, long index) => array.Type switch
    {
        DataType.Bool => array.Bytes.Span[(int)index] != 0 ? "true" : "false",
        >= DataType.Float16 => Fraction(array, index).ToString("G6", CultureInfo.InvariantCulture),
        DataType.UInt64 => At<ulong>(array, index).ToString(CultureInfo.InvariantCulture),
        _ => Whole(array, index).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Writes an element with every digit; what is no number as "NaN", "Infinity" or "-Infinity".</summary>
    public static void Write(Utf8JsonWriter json, NDArray array, long index)
    {
        switch (array.Type)
        {
            case DataType.Bool: json.WriteBooleanValue(array.Bytes.Span[(int)index] != 0); break;
            case >= DataType.Float16 when !double.IsFinite(Fraction(array, index)):
                json.WriteStringValue(Fraction(array, index).ToString(CultureInfo.InvariantCulture));
                break;
            case DataType.Float64: json.WriteNumberValue(At<double>(array, index)); break;
            case >= DataType.Float16: json.WriteNumberValue((float)Fraction(array, index)); break;
            case DataType.UInt64: json.WriteNumberValue(At<ulong>(array, index)); break;
            default: json.WriteNumberValue(Whole(array, index)); break;
        }
    }

    /// <summary>Reads an element.</summary>
    /// <exception cref="FormatException">It is no number of the type.</exception>
    public static void Read(JsonElement value, DataType type, Span<byte> bytes)
    {
        switch (type)
        {
            case DataType.Bool: bytes[0] = value.GetBoolean() ? (byte)1 : (byte)0; break;
            case DataType.UInt8: bytes[0] = value.GetByte(); break;
            case DataType.Int8: MemoryMarshal.Write(bytes, value.GetSByte()); break;
            case DataType.UInt16: MemoryMarshal.Write(bytes, value.GetUInt16()); break;
            case DataType.Int16: MemoryMarshal.Write(bytes, value.GetInt16()); break;
            case DataType.UInt32: MemoryMarshal.Write(bytes, value.GetUInt32()); break;
            case DataType.Int32: MemoryMarshal.Write(bytes, value.GetInt32()); break;
            case DataType.UInt64: MemoryMarshal.Write(bytes, value.GetUInt64()); break;
            case DataType.Int64: MemoryMarshal.Write(bytes, value.GetInt64()); break;
            case DataType.Float64: MemoryMarshal.Write(bytes, Double(value)); break;
            case DataType.Float32: MemoryMarshal.Write(bytes, (float)Double(value)); break;
            case DataType.Float16: MemoryMarshal.Write(bytes, (Half)Double(value)); break;
            case DataType.BFloat16: MemoryMarshal.Write(bytes, BFloat16((float)Double(value))); break;
            default: bytes[0] = Float8Bits(type, (float)Double(value)); break;
        }
    }

    private static double Double(JsonElement value)
        => value.ValueKind != JsonValueKind.String ? value.GetDouble() : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new FormatException($"'{other}' is no number"),
        };

    /// <summary>The upper half of the bits, rounded to even.</summary>
    private static ushort BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The bits of a number that 8 bits hold exactly.</summary>
    private static byte Float8Bits(DataType type, float value)
    {
        for (var bits = 0; bits <= byte.MaxValue; bits++)
        {
            var held = type == DataType.Float8E4M3 ? Float8.FromE4M3((byte)bits) : Float8.FromE5M2((byte)bits);
            if (held.Equals(value) && float.IsNegative(held) == float.IsNegative(value)) return (byte)bits;
        }

        throw new FormatException($"{value} is no number of {type}");
    }

    private static double Fraction(NDArray array, long index) => array.Type switch
    {
        DataType.Float64 => At<double>(array, index),
        DataType.Float32 => At<float>(array, index),
        DataType.Float16 => (double)At<Half>(array, index),
        DataType.Float8E4M3 => Float8.FromE4M3(At<byte>(array, index)),
        DataType.Float8E5M2 => Float8.FromE5M2(At<byte>(array, index)),
        _ => BitConverter.UInt32BitsToSingle((uint)At<ushort>(array, index) << 16),
    };

    private static long Whole(NDArray array, long index) => array.Type switch
    {
        DataType.UInt8 => At<byte>(array, index),
        DataType.Int8 => At<sbyte>(array, index),
        DataType.UInt16 => At<ushort>(array, index),
        DataType.Int16 => At<short>(array, index),
        DataType.UInt32 => At<uint>(array, index),
        DataType.Int32 => At<int>(array, index),
        _ => At<long>(array, index),
    };

    private static T At<T>(NDArray array, long index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(array.Bytes.Span)[(int)index];
}
