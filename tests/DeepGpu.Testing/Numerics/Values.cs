namespace DeepGpu.Testing.Numerics;

/// <summary>An array of numbers, row-major: what plain loops read and write.</summary>
internal sealed class Values(int[] shape, Scalar[] data)
{
    /// <summary>The length of each axis.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>The numbers, row-major.</summary>
    public Scalar[] Data { get; } = data;

    public int Rank => Shape.Length;

    /// <summary>One number.</summary>
    public Scalar this[params ReadOnlySpan<int> at] => Data[Offset(at)];

    /// <summary>An array whose numbers are given by their position.</summary>
    /// <param name="shape">The length of each axis.</param>
    /// <param name="number">The number at a position; the position array is used again for the next.</param>
    public static Values Of(int[] shape, Func<int[], Scalar> number)
    {
        var data = new Scalar[shape.Aggregate(1, (a, b) => a * b)];
        var i = 0;
        foreach (var at in Positions(shape)) data[i++] = number(at);
        return new(shape, data);
    }

    public static Values Constant(int[] shape, double number) => Of(shape, _ => number);

    /// <summary>Every position of a shape in row-major order, in one array that changes.</summary>
    public static IEnumerable<int[]> Positions(int[] shape)
    {
        if (shape.Contains(0)) yield break;
        var at = new int[shape.Length];
        for (var axis = 0; axis >= 0;)
        {
            yield return at;
            for (axis = shape.Length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) at[axis] = 0;
        }
    }

    /// <summary>The place of a position in <see cref="Data"/>.</summary>
    public int Offset(ReadOnlySpan<int> at)
    {
        var offset = 0;
        for (var axis = 0; axis < Shape.Length; axis++) offset = offset * Shape[axis] + at[axis];
        return offset;
    }

    public Values Map(Func<Scalar, Scalar> function) => new(Shape, Array.ConvertAll(Data, x => function(x)));

    public Values Zip(Values other, Func<Scalar, Scalar, Scalar> function) => new(Shape, [.. Data.Zip(other.Data, function)]);

    public Values Reshape(params int[] shape) => new(shape, Data);

    /// <summary>The axes in another order: for each new axis, the old one.</summary>
    public Values Transpose(params int[] axes)
    {
        var from = new int[Rank];
        return Of([.. axes.Select(axis => Shape[axis])], at =>
        {
            for (var axis = 0; axis < axes.Length; axis++) from[axes[axis]] = at[axis];
            return this[from];
        });
    }

    /// <summary>One entry of an axis, which disappears.</summary>
    public Values Select(int axis, int index)
        => Of([.. Shape[..axis], .. Shape[(axis + 1)..]], at => this[[.. at[..axis], index, .. at[axis..]]]);

    /// <summary>Several arrays of one shape along a new axis.</summary>
    public static Values Stack(IReadOnlyList<Values> parts, int axis)
    {
        var shape = parts[0].Shape;
        return Of([.. shape[..axis], parts.Count, .. shape[axis..]], at => parts[at[axis]][[.. at[..axis], .. at[(axis + 1)..]]]);
    }

    /// <summary>The axis turned around.</summary>
    public Values Flip(int axis) => Of(Shape, at => this[[.. at[..axis], Shape[axis] - 1 - at[axis], .. at[(axis + 1)..]]]);
}
