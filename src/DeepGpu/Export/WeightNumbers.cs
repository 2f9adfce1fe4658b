using System.Runtime.InteropServices;
using DeepGpu.Models.Values;

namespace DeepGpu.Export;

/// <summary>Numbers of a weight in single precision, in Keras's order of axes.</summary>
internal sealed record WeightNumbers(float[] Data, int[] Shape)
{
    public static WeightNumbers Of(NDArray array) => new(Singles(array), [.. array.Shape]);

    public static WeightNumbers Of(int[] shape, Func<int[], double> number)
    {
        var (data, at) = (new float[shape.Aggregate(1, (a, b) => a * b)], new int[shape.Length]);
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)number(at);
            Advance(at, shape);
        }

        return new(data, shape);
    }

    public NDArray ToArray() => new(DataType.Float32, Shape, MemoryMarshal.AsBytes<float>(Data).ToArray());

    /// <summary>The axes in another order: for each new axis, the old one.</summary>
    public WeightNumbers Permute(params int[] order)
    {
        int[] shape = [.. order.Select(axis => Shape[axis])];
        int[] strides = [.. order.Select(axis => Shape[(axis + 1)..].Aggregate(1, (a, b) => a * b))];
        var (data, at) = (new float[Data.Length], new int[shape.Length]);
        for (var i = 0; i < data.Length; i++)
        {
            var from = 0;
            for (var axis = 0; axis < at.Length; axis++) from += at[axis] * strides[axis];
            data[i] = Data[from];
            Advance(at, shape);
        }

        return new(data, shape);
    }

    public WeightNumbers Reshape(params int[] shape)
    {
        var known = shape.Where(length => length != -1).Aggregate(1, (a, b) => a * b);
        return new(Data, [.. shape.Select(length => length == -1 ? Data.Length / known : length)]);
    }

    /// <summary>Equal parts of the last axis in another order.</summary>
    public WeightNumbers Blocks(params int[] order)
    {
        var length = Shape[^1] / order.Length;
        return Reshape([.. Shape[..^1], order.Length, length]).Take(Shape.Length - 1, order).Reshape(Shape);
    }

    /// <summary>Entries of an axis, in an order.</summary>
    public WeightNumbers Take(int axis, int[] places)
    {
        var inner = Shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);
        var outer = Shape[..axis].Aggregate(1, (a, b) => a * b);
        var data = new float[outer * places.Length * inner];
        for (var i = 0; i < outer * places.Length; i++)
        {
            var from = (i / places.Length * Shape[axis] + places[i % places.Length]) * inner;
            Data.AsSpan(from, inner).CopyTo(data.AsSpan(i * inner));
        }

        return new(data, [.. Shape[..axis], places.Length, .. Shape[(axis + 1)..]]);
    }

    public WeightNumbers Map(Func<float, float> change) => this with { Data = Array.ConvertAll(Data, number => change(number)) };

    /// <summary>Two weights of one shape, joined along the last axis.</summary>
    public WeightNumbers Beside(WeightNumbers other) => new([.. Data, .. other.Data], [Data.Length + other.Data.Length]);

    private static void Advance(int[] at, int[] shape)
    {
        for (var axis = shape.Length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) at[axis] = 0;
    }

    private static float[] Singles(NDArray array)
        => array.Type == DataType.Float32 ? array.ToArray<float>() : Array.ConvertAll(ElementNumbers.Of(array), number => (float)number);
}
