using System.Runtime.InteropServices;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Values of quantised and adapted layers between formats, and those that low-rank matrices start with.</summary>
internal static class AdaptedValues
{
    /// <summary>The values in single precision.</summary>
    public static float[] Single(NDArray values)
        => values.Type == DataType.Float32 ? values.ToArray<float>() : [.. ElementNumbers.Of(values).Select(value => (float)value)];

    /// <summary>Numbers in the format and shape of an array.</summary>
    public static NDArray Like(NDArray array, double[] numbers)
    {
        int[] shape = [.. array.Shape];
        return array.Type switch
        {
            DataType.Float64 => NDArray.From<double>(numbers, shape),
            DataType.Float16 => NDArray.From<Half>([.. numbers.Select(number => (Half)number)], shape),
            DataType.BFloat16 => new(DataType.BFloat16, shape, MemoryMarshal.AsBytes<ushort>([.. numbers.Select(BFloat16)]).ToArray()),
            _ => NDArray.From<float>([.. numbers.Select(number => (float)number)], shape),
        };
    }

    /// <summary>What a low-rank matrix starts with where a file holds only its sum with the kernel: B is 0, so that the layer gives the
    /// same; A is drawn
    /// again, always alike for a name, so that training can continue.</summary>
    public static NDArray Start(string name, WeightSpec spec)
    {
        int[] shape = [.. spec.Shape];
        if (spec.Initializer is not HeUniform) return NDArray.Zeros(DataType.Float32, shape);
        var fanIn = shape[..^1].Aggregate(1.0, (product, length) => product * length);
        var random = new StableRandom([.. name.Select(letter => (long)letter)]);
        var limit = Math.Sqrt(6 / fanIn);
        return NDArray.From<float>([.. Enumerable.Range(0, (int)spec.Count).Select(_ => (float)random.NextDouble(-limit, limit))], shape);
    }

    /// <summary>The upper half of the nearest single-precision number, ties to even.</summary>
    private static ushort BFloat16(double number)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)number);
        return (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
