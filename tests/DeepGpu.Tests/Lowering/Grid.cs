using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Numbers in any number of axes, for loops that are written out.</summary>
internal sealed class Grid(params int[] shape)
{
    public int[] Shape => shape;

    public double[] Data { get; private init; } = new double[shape.Aggregate(1, (product, length) => product * length)];

    public double this[params int[] at]
    {
        get => Data[Flat(at)];
        set => Data[Flat(at)] = value;
    }

    public static Grid Of(torch.Tensor tensor)
    {
        using var plain = tensor.detach().to(torch.ScalarType.Float64).contiguous();
        return new([.. plain.shape.Select(n => (int)n)]) { Data = plain.data<double>().ToArray() };
    }

    /// <summary>Numbers in [-1, 1) that follow from a seed.</summary>
    public static Grid Random(int seed, params int[] shape)
    {
        var random = new StableRandom(seed);
        var grid = new Grid(shape);
        for (var i = 0; i < grid.Data.Length; i++) grid.Data[i] = random.NextDouble(-1, 1);
        return grid;
    }

    /// <summary>Every place of a shape, the last axis fastest.</summary>
    public static IEnumerable<int[]> Places(params int[] shape)
    {
        var count = shape.Aggregate(1, (product, length) => product * length);
        for (var flat = 0; flat < count; flat++)
        {
            var at = new int[shape.Length];
            for (var (axis, rest) = (shape.Length - 1, flat); axis >= 0; axis--) (at[axis], rest) = (rest % shape[axis],
                rest / shape[axis]);
            yield return at;
        }
    }

    /// <summary>The part at a place of the first axes.</summary>
    public Grid At(params int[] first)
    {
        var rest = shape[first.Length..];
        var part = new Grid(rest);
        foreach (var place in Places(rest)) part[place] = this[[.. first, .. place]];
        return part;
    }

    public NDArray ToArray() => NDArray.From<double>(Data, shape);

    public torch.Tensor ToTensor() => torch.tensor(Data, shape.Length == 0 ? [] : [.. shape.Select(n => (long)n)]);

    /// <summary>Fails unless a tensor has this shape and these numbers.</summary>
    public void Check(torch.Tensor actual, double tolerance = 1e-10)
    {
        var other = Of(actual);
        other.Shape.Should().Equal(shape);
        for (var i = 0; i < Data.Length; i++) other.Data[i].Should().BeApproximately(Data[i], tolerance, "element {0}", i);
    }

    private int Flat(int[] at)
    {
        var flat = 0;
        for (var axis = 0; axis < shape.Length; axis++) flat = flat * shape[axis] + at[axis];
        return flat;
    }
}
