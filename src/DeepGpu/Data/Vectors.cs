using DeepGpu.Models.Values;

namespace DeepGpu;

/// <summary>Vectors of length 1.</summary>
public static class Vectors
{
    /// <summary>Divides each vector along an axis by its norm: Keras's <c>normalize</c>. A vector of zeros stays.</summary>
    /// <param name="array">Numbers of any type, of rank 1 or more.</param>
    /// <param name="axis">The axis the vectors lie along; negative from the end. Default the last.</param>
    /// <param name="order">The norm: 1 for the sum of magnitudes, 2 (the default) for the length, infinity for the largest magnitude,
    /// any other number above 0.</param>
    /// <returns>Float64 where the numbers are, else Float32; of the same shape.</returns>
    public static NDArray Normalize(NDArray array, int axis = -1, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (!(order > 0)) throw Require.OutOfRange(nameof(Vectors), nameof(order), "above 0", order);
        if (axis < -array.Rank || axis >= array.Rank)
            throw Require.OutOfRange(nameof(Vectors), nameof(axis), $"from {-array.Rank} to {array.Rank - 1}", axis);
        var at = (axis + array.Rank) % array.Rank;
        var (values, length, inner) = (ElementNumbers.Of(array), array.Shape[at], array.Shape.Skip(at + 1).Aggregate(1, (a, b) => a * b));
        for (var start = 0; start < values.Length; start += length * inner)
        {
            for (var i = 0; i < inner; i++) NormalizeOne(values, start + i, length, inner, order);
        }

        int[] shape = [.. array.Shape];
        return array.Type == DataType.Float64
            ? NDArray.From<double>(values, shape)
            : NDArray.From<float>(Array.ConvertAll(values, v => (float)v), shape);
    }

    private static void NormalizeOne(double[] values, int start, int length, int stride, double order)
    {
        var norm = 0.0;
        for (var i = 0; i < length; i++)
        {
            var magnitude = Math.Abs(values[start + i * stride]);
            norm = double.IsInfinity(order) ? Math.Max(norm, magnitude) : norm + Math.Pow(magnitude, order);
        }

        if (!double.IsInfinity(order)) norm = Math.Pow(norm, 1 / order);
        if (norm > 0) for (var i = 0; i < length; i++) values[start + i * stride] /= norm;
    }
}
