using TorchSharp;

namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Numbers by hand: an array of up to three axes, in double precision, with the few loops that the expected values need.</summary>
internal sealed record Grid(int[] Shape, double[] Values)
{
    public int Count => Values.Length;

    public static Grid Of(int[] shape, params double[] values)
    {
        values.Should().HaveCount(shape.Aggregate(1, (a, b) => a * b));
        return new(shape, values);
    }

    /// <summary>Different numbers that follow no order, from low to high.</summary>
    public static Grid Spread(double low, double high, int seed, params int[] shape)
    {
        var random = new StableRandom(seed);
        return new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextDouble(low, high))]);
    }

    public Grid Map(Func<double, double> change) => new(Shape, [.. Values.Select(change)]);

    /// <summary>The same numbers under another shape.</summary>
    public Grid As(params int[] shape) => Of(shape, Values);

    public torch.Tensor Tensor(torch.ScalarType type = torch.ScalarType.Float64)
        => torch.tensor(Values, torch.ScalarType.Float64).reshape([.. Shape.Select(n => (long)n)]).to(type);

    /// <summary>The lines along an axis, in the order of the other axes.</summary>
    public double[][] Lines(int axis)
    {
        var length = Shape[axis];
        var inner = Shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);
        var outer = Count / (length * inner);
        var lines = from o in Enumerable.Range(0, outer) from i in Enumerable.Range(0, inner) select Line(o, i);
        return [.. lines];
        double[] Line(int o, int i) => [.. Enumerable.Range(0, length).Select(n => Values[(o * length + n) * inner + i])];
    }

    /// <summary>The shape without an axis.</summary>
    public int[] Without(int axis) => [.. Shape[..axis], .. Shape[(axis + 1)..]];

    /// <summary>Numbers for each line along an axis of both.</summary>
    public static Grid Each(Grid target, Grid output, int axis, Func<double[], double[], double> number)
        => new(output.Without(axis), [.. target.Lines(axis).Zip(output.Lines(axis), number)]);

    /// <summary>Numbers for each element of both.</summary>
    public static Grid Elements(Grid target, Grid output, Func<double, double, double> number)
        => new(output.Shape, [.. target.Values.Zip(output.Values, number)]);

    /// <summary>Each element's number in a smaller array: axes align at the start, those of length 1 and missing ones repeat.</summary>
    public double[] RepeatedOver(int[] shape)
    {
        var result = new double[shape.Aggregate(1, (a, b) => a * b)];
        for (var flat = 0; flat < result.Length; flat++) result[flat] = Values[Place(flat, shape)];
        return result;
    }

    private int Place(int flat, int[] shape)
    {
        var (place, rest, size) = (0, flat, shape.Aggregate(1, (a, b) => a * b));
        for (var axis = 0; axis < shape.Length; axis++)
        {
            size /= shape[axis];
            var index = rest / size;
            rest %= size;
            if (axis < Shape.Length) place = place * Shape[axis] + (Shape[axis] == 1 ? 0 : index);
        }

        return place;
    }
}
