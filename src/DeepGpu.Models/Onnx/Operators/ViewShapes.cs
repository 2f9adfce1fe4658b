using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Operators that see the same elements in another shape or order.</summary>
internal static class ViewShapes
{
    public static GraphTensor[] Identity(OperatorCall call) => call.One(call.Dims(0), data: call[0].Data);

    public static GraphTensor[] Reshape(OperatorCall call)
    {
        var target = call[1];
        if (target.Longs is not { } wanted)
            return target.Dims is [> 0 and <= 64 and var rank] ? call.One([.. Enumerable.Repeat(-1L, (int)rank)]) : call.Open(call.Type);
        var from = call.Dims(0);
        var keepsZero = call.Node.Int("allowzero", 0) != 0;
        long[] dims = [.. wanted.Select((length, axis) => length == 0 && !keepsZero ? from is not null && axis < from.Length ? from[axis]
            : -1
            : length)];
        if (wanted.Count(length => length == -1) > 1 || wanted.Any(length => length < -1)) throw call.Misfit("a shape with at most one -1");
        return call.One(Filled(call, dims, Array.IndexOf(wanted, -1L), call[0].Count), data: call[0].Data);
    }

    public static GraphTensor[] Flatten(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.One([-1, -1]);
        var given = call.Node.Int("axis", 1);
        var axis = given == dims.Length ? dims.Length : call.Axis(given, dims.Length);
        return call.One([Dims.Product(dims.Take(axis)), Dims.Product(dims.Skip(axis))], data: call[0].Data);
    }

    public static GraphTensor[] Squeeze(OperatorCall call)
    {
        var axes = call.Numbers("axes", 1, out var isKnown);
        if (call.Dims(0) is not { } dims || !isKnown) return call.Open(call.Type);
        var dropped = axes is null ? [.. dims.Index().Where(axis => axis.Item == 1).Select(axis => axis.Index)]
            : axes.Select(axis => call.Axis(axis, dims.Length)).ToHashSet();
        if (dropped.Any(axis => dims[axis] is not (1 or -1))) throw call.Misfit("length 1 on the axes it drops");
        return call.One([.. dims.Where((_, axis) => !dropped.Contains(axis))], data: call[0].Data);
    }

    public static GraphTensor[] Unsqueeze(OperatorCall call)
    {
        var axes = call.Numbers("axes", 1, out var isKnown);
        if (call.Dims(0) is not { } dims || !isKnown) return call.Open(call.Type);
        var rank = dims.Length + (axes?.Length ?? 0);
        if (rank > GraphShapes.MostAxes) throw call.Misfit($"at most {GraphShapes.MostAxes} axes");
        var made = (axes ?? []).Select(axis => call.Axis(axis, rank)).Order();
        return call.One([.. made.Aggregate(dims.ToList(), (shape, axis)
            => { shape.Insert(Math.Min(axis, shape.Count), 1); return shape; })],
            data: call[0].Data);
    }

    public static GraphTensor[] Transpose(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        var order = Order(call, dims.Length);
        long[] result = [.. order.Select(axis => dims[axis])];
        return call.One(result, data: Folding.Moved(result, call[0], places =>
        {
            var from = new long[places.Length];
            for (var axis = 0; axis < places.Length; axis++) from[order[axis]] = places[axis];
            return from;
        }));
    }

    /// <summary>The input's axis that each axis of a Transpose is.</summary>
    public static int[] Order(OperatorCall call, int rank)
    {
        int[] order = [.. (call.Node.Ints("perm") ?? Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis))
            .Select(axis => call.Axis(axis, rank))];
        return order.Length == rank && order.Distinct().Count() == rank ? order : throw call.Misfit($"an order of {order.Length} axes");
    }

    public static GraphTensor[] Expand(OperatorCall call)
    {
        if (call[1].Longs is not { } wanted) return call.Open(call.Type);
        if (wanted.Any(length => length < 0)) throw call.Misfit("lengths of at least 0");
        var dims = Dims.Broadcast(call, call.Dims(0), wanted);
        return call.One(dims, data: Folding.Each(dims, [call[0]], numbers => numbers[0]));
    }

    public static GraphTensor[] Shape(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.One([-1], TensorTypes.Int64);
        var rank = dims.Length;
        var (start, end) = (Bound(call.Node.Int("start", 0), rank), Bound(call.Node.Int("end", rank), rank));
        double[] lengths = [.. dims.Skip(start).Take(Math.Max(0, end - start)).Select(length => (double)length)];
        return call.One([lengths.Length], TensorTypes.Int64, lengths.Contains(-1) ? null : lengths);
    }

    public static GraphTensor[] Size(OperatorCall call)
        => call.One([], TensorTypes.Int64, call[0].Count is { } count ? [count] : null);

    /// <summary>Blocks of channels as blocks of positions.</summary>
    public static GraphTensor[] DepthToSpace(OperatorCall call)
        => Blocks(call, (c, block) => c / (block * block), (length, block) => length * block);

    /// <summary>Blocks of positions as blocks of channels.</summary>
    public static GraphTensor[] SpaceToDepth(OperatorCall call)
        => Blocks(call, (c, block) => c * block * block, (length, block) => length / block);

    private static GraphTensor[] Blocks(OperatorCall call, Func<long, long, long> channels, Func<long, long, long> side)
    {
        var block = call.Node.Int("blocksize", 1);
        if (call.Dims(0) is not [var n, var c, var h, var w] || block < 1) throw call.Misfit("(batch, channels, height, width)");
        return call.One([n, Dims.Of(() => channels(c, block), c), Dims.Of(() => side(h, block), h), Dims.Of(() => side(w, block), w)]);
    }

    private static int Bound(long at, int rank) => (int)Math.Clamp(at < 0 ? at + rank : at, 0, rank);

    private static long[] Filled(OperatorCall call, long[] dims, int open, long? count)
    {
        var known = Dims.Product(dims.Where((_, axis) => axis != open));
        if (count is not { } all || known < 0) return dims;
        if (open < 0) return known == all ? dims : throw call.Misfit($"a shape of {all} elements, not ({string.Join(", ", dims)})");
        if (known == 0 ? all != 0 : all % known != 0) throw call.Misfit($"a shape whose known lengths divide {all}");
        dims[open] = known == 0 ? 0 : all / known;
        return dims;
    }
}
