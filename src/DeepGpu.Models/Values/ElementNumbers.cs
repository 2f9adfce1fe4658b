using System.Runtime.InteropServices;

namespace DeepGpu.Models.Values;

/// <summary>The elements of an array as numbers, whatever their type.</summary>
internal static class ElementNumbers
{
    public static double[] Of(NDArray array) => array.Type switch
    {
        DataType.Float64 => array.ToArray<double>(),
        DataType.Float32 => Converted<float>(array, v => v),
        DataType.Float16 => Converted<Half>(array, v => (double)v),
        DataType.BFloat16 => [.. MemoryMarshal.Cast<byte, ushort>(array.Bytes.Span)
            .ToArray().Select(bits => (double)BitConverter.Int32BitsToSingle(bits << 16))],
        DataType.Float8E4M3 => [.. array.Bytes.ToArray().Select(bits => (double)Float8.FromE4M3(bits))],
        DataType.Float8E5M2 => [.. array.Bytes.ToArray().Select(bits => (double)Float8.FromE5M2(bits))],
        DataType.UInt8 => Converted<byte>(array, v => v),
        DataType.Int8 => Converted<sbyte>(array, v => v),
        DataType.UInt16 => Converted<ushort>(array, v => v),
        DataType.Int16 => Converted<short>(array, v => v),
        DataType.UInt32 => Converted<uint>(array, v => v),
        DataType.Int32 => Converted<int>(array, v => v),
        DataType.UInt64 => Converted<ulong>(array, v => v),
        DataType.Int64 => Converted<long>(array, v => v),
        _ => Converted<bool>(array, v => v ? 1 : 0),
    };

    private static double[] Converted<T>(NDArray array, Converter<T, double> convert)
        where T : unmanaged => Array.ConvertAll(array.ToArray<T>(), convert);
}
