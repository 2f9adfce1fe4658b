using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Pooling: the largest or the mean of the cells of a window that lie inside the input.</summary>
internal static class PoolingReferences
{
    public static void Add()
    {
        ReferenceTable.Add<MaxPooling1D>((layer, call) => Windows(layer, call, Largest));
        ReferenceTable.Add<MaxPooling2D>((layer, call) => Windows(layer, call, Largest));
        ReferenceTable.Add<MaxPooling3D>((layer, call) => Windows(layer, call, Largest));
        ReferenceTable.Add<AveragePooling1D>((layer, call) => Windows(layer, call, Reductions.Mean));
        ReferenceTable.Add<AveragePooling2D>((layer, call) => Windows(layer, call, Reductions.Mean));
        ReferenceTable.Add<AveragePooling3D>((layer, call) => Windows(layer, call, Reductions.Mean));
        ReferenceTable.Add<AdaptiveMaxPooling1D>((layer, call) => Parts(layer, call, Largest));
        ReferenceTable.Add<AdaptiveMaxPooling2D>((layer, call) => Parts(layer, call, Largest));
        ReferenceTable.Add<AdaptiveMaxPooling3D>((layer, call) => Parts(layer, call, Largest));
        ReferenceTable.Add<AdaptiveAveragePooling1D>((layer, call) => Parts(layer, call, Reductions.Mean));
        ReferenceTable.Add<AdaptiveAveragePooling2D>((layer, call) => Parts(layer, call, Reductions.Mean));
        ReferenceTable.Add<AdaptiveAveragePooling3D>((layer, call) => Parts(layer, call, Reductions.Mean));
        ReferenceTable.Add<GlobalMaxPooling1D>((layer, call) => All(layer, call, Largest));
        ReferenceTable.Add<GlobalMaxPooling2D>((layer, call) => All(layer, call, Largest));
        ReferenceTable.Add<GlobalMaxPooling3D>((layer, call) => All(layer, call, Largest));
        ReferenceTable.Add<GlobalAveragePooling1D>((layer, call) => call.Mask is null ? All(layer, call, Reductions.Mean)
            : MeanOfCounted(layer, call));
        ReferenceTable.Add<GlobalAveragePooling2D>((layer, call) => All(layer, call, Reductions.Mean));
        ReferenceTable.Add<GlobalAveragePooling3D>((layer, call) => All(layer, call, Reductions.Mean));
    }

    private static Scalar Largest(IReadOnlyList<Scalar> cells) => cells.Aggregate(Scalar.Max);

    private static Values Windows(WindowPooling layer, Call call, Func<IReadOnlyList<Scalar>, Scalar> reduce)
    {
        var x = Spatial.ChannelsLast(call.X, layer.DataFormat);
        return Spatial.InFormat(Ranges(x, reduce,
            [.. Enumerable.Range(0, x.Rank - 2).Select(axis => Ranges(layer, x.Shape[axis + 1], axis))]), layer.DataFormat);
    }

    /// <summary>The cells each window has along an axis: from, to (exclusive).</summary>
    private static (int From, int To)[] Ranges(WindowPooling layer, int length, int axis)
    {
        var (size, stride) = (layer.PoolSize[axis], (layer.Strides ?? layer.PoolSize)[axis]);
        var (positions, before) = Spatial.Windows(length, size, stride, layer.Padding);
        var starts = Enumerable.Range(0, positions).Select(i => i * stride - before).ToList();
        if (layer.CeilMode && layer.Padding == Padding.Valid && starts[^1] + size < length && starts[^1] + stride < length)
            starts.Add(starts[^1] + stride);
        return [.. starts.Select(start => (Math.Max(start, 0), Math.Min(start + size, length)))];
    }

    /// <summary>Window i of m over n positions reaches from floor(i n / m) to ceil((i + 1) n / m).</summary>
    private static Values Parts(AdaptivePooling layer, Call call, Func<IReadOnlyList<Scalar>, Scalar> reduce)
    {
        var x = Spatial.ChannelsLast(call.X, layer.DataFormat);
        (int, int)[] Of(int n, int m) => [.. Enumerable.Range(0, m).Select(i => (i * n / m, ((i + 1) * n + m - 1) / m))];
        return Spatial.InFormat(Ranges(x, reduce,
            [.. Enumerable.Range(0, x.Rank - 2).Select(axis => Of(x.Shape[axis + 1], layer.OutputSize[axis]))]), layer.DataFormat);
    }

    /// <summary>One number for each product of ranges along the spatial axes, channel by channel.</summary>
    private static Values Ranges(Values x, Func<IReadOnlyList<Scalar>, Scalar> reduce, (int From, int To)[][] ranges)
        => Values.Of([x.Shape[0], .. ranges.Select(range => range.Length), x.Shape[^1]], at =>
        {
            var ends = ranges.Select((range, axis) => range[at[axis + 1]]).ToArray();
            var cells = new List<Scalar>();
            foreach (var cell in Values.Positions([.. ends.Select(end => end.To - end.From)]))
                cells.Add(x[[at[0], .. cell.Select((k, axis) => ends[axis].From + k), at[^1]]]);
            return reduce(cells);
        });

    private static Values All(GlobalPooling layer, Call call, Func<IReadOnlyList<Scalar>, Scalar> reduce)
        => Reductions.Reduce(call.X, SpatialAxes(layer, call.X), layer.KeepDims, reduce);

    private static int[] SpatialAxes(GlobalPooling layer, Values x)
        => [.. Enumerable.Range(layer.DataFormat == DataFormat.ChannelsLast ? 1 : 2, x.Rank - 2)];

    /// <summary>The mean of the steps that count.</summary>
    private static Values MeanOfCounted(GlobalAveragePooling1D layer, Call call)
    {
        var (x, mask) = (call.X, call.Mask!);
        var counted = Values.Of(x.Shape, at => mask[at[0], at[1]] ? x[at] : 0);
        var counts = Values.Of([x.Shape[0], 1, 1], at => Enumerable.Range(0, x.Shape[1]).Count(t => mask[at[0], t]));
        var mean = Reductions.Combine(Reductions.Reduce(counted, [1], keep: true, Scalar.Sum), counts, (sum, count) => sum / count);
        return layer.KeepDims ? mean : mean.Reshape(x.Shape[0], x.Shape[2]);
    }
}
