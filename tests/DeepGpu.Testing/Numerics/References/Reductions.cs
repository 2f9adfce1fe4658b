namespace DeepGpu.Testing.Numerics;

/// <summary>Loops over some axes.</summary>
internal static class Reductions
{
    /// <summary>One number for all positions along some axes.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="axes">The axes looked along.</param>
    /// <param name="keep">Whether those axes stay, with length 1.</param>
    /// <param name="reduce">The number of those along the axes, in row-major order.</param>
    public static Values Reduce(Values x, IReadOnlyCollection<int> axes, bool keep, Func<IReadOnlyList<Scalar>, Scalar> reduce)
    {
        int[] shape = [.. x.Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length)];
        var groups = Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => new List<Scalar>()).ToArray();
        var like = Values.Constant(shape, 0);
        var i = 0;
        foreach (var at in Values.Positions(x.Shape)) groups[like.Offset(Clamped(at, shape))].Add(x.Data[i++]);
        var reduced = new Values(shape, Array.ConvertAll(groups, group => reduce(group)));
        return keep ? reduced : reduced.Reshape([.. x.Shape.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <summary>A function of each number and of one that is shared along axes of length 1.</summary>
    public static Values Combine(Values x, Values shared, Func<Scalar, Scalar, Scalar> function)
        => Values.Of(x.Shape, at => function(x[at], shared[Clamped(at, shared.Shape)]));

    public static Scalar Mean(IReadOnlyList<Scalar> numbers) => Scalar.Sum(numbers) / numbers.Count;

    /// <summary>The mean squared distance from the mean.</summary>
    public static Scalar Variance(IReadOnlyList<Scalar> numbers)
    {
        var mean = Mean(numbers);
        return Scalar.Sum(numbers.Select(x => Scalar.Square(x - mean))) / numbers.Count;
    }

    /// <summary>e^x over its sum, the largest taken off first so that nothing overflows.</summary>
    public static Scalar[] Softmax(IReadOnlyList<Scalar> numbers)
    {
        var most = numbers.Max(x => x.Value);
        var powers = numbers.Select(x => Scalar.Exp(x - most)).ToArray();
        var sum = Scalar.Sum(powers);
        return Array.ConvertAll(powers, power => power / sum);
    }

    private static int[] Clamped(int[] at, int[] shape) => [.. at.Zip(shape, (index, length) => length == 1 ? 0 : index)];
}

/// <summary>Which steps are not padding.</summary>
internal static class Masks
{
    public static bool[,] Where(int[] shape, Func<int, int, bool> counts)
    {
        var mask = new bool[shape[0], shape[1]];
        for (var n = 0; n < shape[0]; n++)
        {
            for (var t = 0; t < shape[1]; t++) mask[n, t] = counts(n, t);
        }

        return mask;
    }

    public static bool[,] Flip(bool[,] mask) => Where([mask.GetLength(0), mask.GetLength(1)], (n, t) => mask[n, mask.GetLength(1) - 1 - t]);
}
