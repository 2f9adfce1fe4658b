namespace DeepGpu.Visuals.Charts;

/// <summary>Elements of arrays as numbers.</summary>
internal static class ArrayNumbers
{
    /// <exception cref="DeepGpuArgumentException">The array holds a type without numbers for charts.</exception>
    public static double[] Of(NDArray array) => array.Type switch
    {
        DataType.Float32 => Array.ConvertAll(array.ToArray<float>(), value => (double)value),
        DataType.Float64 => array.ToArray<double>(),
        DataType.Float16 => Array.ConvertAll(array.ToArray<Half>(), value => (double)value),
        DataType.Int32 => Array.ConvertAll(array.ToArray<int>(), value => (double)value),
        DataType.Int64 => Array.ConvertAll(array.ToArray<long>(), value => (double)value),
        DataType.UInt8 or DataType.Bool => Array.ConvertAll(array.Bytes.ToArray(), value => (double)value),
        _ => throw Require
            .OutOfRange(nameof(Picture), nameof(array), "of numbers in 32 or 64 bits, of bytes or halves", array.TypeAndShape),
    };
}
