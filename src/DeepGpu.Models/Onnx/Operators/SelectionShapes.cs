using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Operators that pick, join, repeat or make elements.</summary>
internal static class SelectionShapes
{
    public static GraphTensor[] Gather(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims || call.Dims(1) is not { } indices) return call.Open(call.Type);
        var axis = call.Axis(call.Node.Int("axis", 0), dims.Length);
        long[] result = [.. dims.Take(axis), .. indices, .. dims.Skip(axis + 1)];
        return call.One(result, data: call[1].Longs is not { } chosen ? null : Folding.Moved(result, call[0], places =>
        {
            var at = chosen[Folding.Flat(places[axis..(axis + indices.Length)], indices)];
            at = at < 0 ? at + dims[axis] : at;
            return at >= 0 && at < dims[axis] ? [.. places.Take(axis), at, .. places.Skip(axis + indices.Length)]
                : throw call.Misfit($"positions of an axis of {dims[axis]}, not {at}");
        }));
    }

    /// <summary>An output of the shape of the second input.</summary>
    public static GraphTensor[] AtSecond(OperatorCall call) => call.One(call.Dims(1));

    public static GraphTensor[] GatherND(OperatorCall call)
    {
        var batch = (int)call.Node.Int("batch_dims", 0);
        if (call.Dims(0) is not { } dims || call.Dims(1) is not { Length: > 0 } indices || indices[^1] < 0) return call.Open(call.Type);
        var taken = batch + indices[^1];
        if (batch < 0 || batch > indices.Length - 1
            || taken > dims.Length) throw call.Misfit("places with as many numbers as there are axes");
        return call.One([.. indices[..^1], .. dims.Skip((int)taken)]);
    }

    public static GraphTensor[] Concat(OperatorCall call)
    {
        if (call.Inputs.Any(input => input?.Dims is null)) return call.Open(call.Type);
        var first = call.Dims(0)!;
        var axis = call.Axis(call.Node.Int("axis", 0), first.Length);
        for (var i = 1; i < call.Inputs.Count; i++) CheckAlike(call, first, call.Dims(i)!, axis);
        long[] dims = [.. first.Index().Select(at => at.Index == axis
            ? call.Inputs.Select(input => input!.Dims![axis]).Aggregate((a, b) => a < 0 || b < 0 ? -1 : checked(a + b))
            : call.Inputs.Max(input => input!.Dims![at.Index]))];
        return call.One(dims, data: Joined(call, dims, axis));
    }

    public static GraphTensor[] Split(OperatorCall call)
    {
        var parts = call.Numbers("split", 1, out var isKnown);
        if (call.Dims(0) is not { } dims || !isKnown) return call.Open(call.Type);
        var axis = call.Axis(call.Node.Int("axis", 0), dims.Length);
        parts ??= Equal(dims[axis], call.OutputCount);
        if (parts.Length < call.OutputCount || (dims[axis] >= 0 && parts.Min() >= 0 && parts.Sum() != dims[axis]))
            throw call.Misfit($"parts that add up to the length {dims[axis]}");
        var starts = parts.Select((_, i) => parts.Take(i).Sum()).ToArray();
        return [.. Enumerable.Range(0, call.OutputCount).Select(i => Part(call, axis, starts[i], parts[i]))];
    }

    public static GraphTensor[] Slice(OperatorCall call)
    {
        var starts = call.Numbers("starts", 1, out var knownStarts);
        var ends = call.Numbers("ends", 2, out var knownEnds);
        var axes = call.Numbers("axes", 3, out var knownAxes);
        var steps = call.Numbers("steps", 4, out var knownSteps);
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        if (!(knownStarts && knownEnds && knownAxes && knownSteps)) return call.One([.. dims.Select(_ => -1L)]);
        return Slice(call, dims, starts ?? [], ends ?? [], axes, steps);
    }

    public static GraphTensor[] Tile(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims || call[1].Longs is not { } times) return call.Open(call.Type);
        if (times.Length != dims.Length || times.Any(n => n < 0)) throw call.Misfit("a number of times for each axis");
        long[] result = [.. dims.Zip(times).Select(pair => Dims.Of(() => checked(pair.First * pair.Second), pair.First))];
        return call.One(result, data: Folding.Moved(result, call[0], places
            => [.. places.Zip(dims).Select(pair => pair.First % pair.Second)]));
    }

    public static GraphTensor[] Pad(OperatorCall call)
    {
        var amounts = call.Numbers("pads", 1, out var isKnown);
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        if (!isKnown || (call.Optional(3) is { } chosen && chosen.Longs is null)) return call.One([.. dims.Select(_ => -1L)]);
        int[] axes = [.. call.Optional(3)?.Longs?.Select(axis => call.Axis(axis, dims.Length)) ?? Enumerable.Range(0, dims.Length)];
        if (amounts is null || amounts.Length != 2 * axes.Length) throw call.Misfit("an amount for both ends of each axis");
        long[] result = [.. dims];
        foreach (var (i, axis) in axes.Index())
            result[axis] = Dims.Of(() => checked(dims[axis] + amounts[i] + amounts[i + axes.Length]), dims[axis]);
        return result.Any(length => length < -1) ? throw call.Misfit("amounts that leave a length") : call.One(result);
    }

    public static GraphTensor[] Fill(OperatorCall call)
    {
        var value = call.Node.Attributes.GetValueOrDefault("value")?.T;
        var type = value?.DataType is > 0 and var given ? given : TensorTypes.Float32;
        if (call[0].Longs is not { } dims) return call.Open(type);
        if (dims.Any(length => length < 0)) throw call.Misfit("lengths of at least 0");
        var number = value is null ? 0 : StoredTensorData.Of(value, model: null).Numbers(1)?[0] ?? 0;
        return call.One(dims, type, Folding.Count(dims) is { } count ? [.. Enumerable.Repeat(number, count)] : null);
    }

    public static GraphTensor[] Range(OperatorCall call)
    {
        if (call[0].Data is not [var start] || call[1].Data is not [var limit] || call[2].Data is not [var step] || step == 0)
            return call.One([-1]);
        var count = Math.Max(0, Math.Ceiling((limit - start) / step));
        if (!(count <= Dims.Longest)) throw call.Misfit("fewer numbers");
        return call.One([(long)count],
            data: count <= GraphTensor.MostNumbers ? [.. Enumerable.Range(0, (int)count).Select(i => start + i * step)] : null);
    }

    public static GraphTensor[] OneHot(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.Open(call[2].Type);
        var axis = call.Axis(call.Node.Int("axis", -1), dims.Length + 1);
        return call.One([.. dims.Take(axis), call[1].Longs?[0] ?? -1, .. dims.Skip(axis)], call[2].Type);
    }

    public static GraphTensor[] TopK(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        var axis = call.Axis(call.Node.Int("axis", -1), dims.Length);
        var count = call.Optional(1) is { } input ? input.Longs?[0] ?? -1 : call.Node.Int("k", 1);
        long[] result = [.. dims.Select((length, i) => i == axis ? count : length)];
        return [new(call.Type, result), new(TensorTypes.Int64, result)];
    }

    /// <summary>Places of elements that are not zero: how many depends on the data.</summary>
    public static GraphTensor[] NonZero(OperatorCall call) => call.One([call.Dims(0)?.Length ?? -1, -1], TensorTypes.Int64);

    /// <summary>Boxes that are kept: how many depends on the data.</summary>
    public static GraphTensor[] Boxes(OperatorCall call) => call.One([-1, 3], TensorTypes.Int64);

    public static GraphTensor[] Compress(OperatorCall call)
    {
        if (!call.Node.Attributes.ContainsKey("axis") || call.Dims(0) is not { } dims) return call.One([-1]);
        var axis = call.Axis(call.Node.Int("axis", 0), dims.Length);
        return call.One([.. dims.Select((length, i) => i == axis ? -1 : length)]);
    }

    public static GraphTensor[] Unique(OperatorCall call) => [new(call.Type, [-1]), .. Enumerable.Repeat(
        new GraphTensor(TensorTypes.Int64, [-1]), Math.Max(0, call.OutputCount - 1))];

    /// <summary>The lengths of a split into equal parts, the last of which may be shorter.</summary>
    private static long[] Equal(long length, int count)
    {
        if (length < 0) return [.. Enumerable.Repeat(-1L, count)];
        var part = (length + count - 1) / count;
        return [.. Enumerable.Range(0, count).Select(i => Math.Clamp(length - i * part, 0, part))];
    }

    private static GraphTensor Part(OperatorCall call, int axis, long start, long length)
    {
        long[] dims = [.. call.Dims(0)!.Select((whole, i) => i == axis ? length : whole)];
        return GraphTensor.Of(call.Type, dims, Folding.Moved(dims, call[0],
            places => [.. places.Select((place, i) => i == axis ? place + start : place)]));
    }

    private static GraphTensor[] Slice(OperatorCall call, long[] dims, long[] starts, long[] ends, long[]? axes, long[]? steps)
    {
        if (starts.Length != ends.Length || (axes is not null
            && axes.Length != starts.Length)) throw call.Misfit("a start and end for each axis");
        var (result, from, by) = (dims.ToArray(), new long[dims.Length], Enumerable.Repeat(1L, dims.Length).ToArray());
        foreach (var (i, start) in starts.Index())
        {
            var axis = call.Axis(axes is null ? i : axes[i], dims.Length);
            by[axis] = steps is null ? 1 : steps[i] != 0 ? steps[i] : throw call.Misfit("steps other than 0");
            (from[axis], result[axis]) = dims[axis] < 0 ? (0, -1) : Part(start, ends[i], by[axis], dims[axis]);
        }

        return call.One(result, data: Folding.Moved(result, call[0],
            places => [.. places.Select((place, axis) => from[axis] + place * by[axis])]));
    }

    /// <summary>Where a slice starts and how long it is, ends counted as Python counts them.</summary>
    private static (long Start, long Length) Part(long start, long end, long step, long length)
    {
        long Bound(long at) => step > 0 ? Math.Clamp(at < 0 ? at + length : at, 0, length)
            : Math.Clamp(at < 0 ? Math.Max(at, -length - 1) + length : at, -1, length - 1);
        var (first, last) = (Bound(start), Bound(end));
        var span = step > 0 ? last - first : first - last;
        return (first, span <= 0 ? 0 : step is > int.MaxValue or < -int.MaxValue ? 1 : (span + Math.Abs(step) - 1) / Math.Abs(step));
    }

    private static double[]? Joined(OperatorCall call, long[] dims, int axis)
    {
        if (Folding.Count(dims) is not { } count || call.Inputs.Any(input => input!.Data is null)) return null;
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            var places = Folding.Places(i, dims);
            var k = 0;
            for (; places[axis] >= call.Inputs[k]!.Dims![axis]; k++) places[axis] -= call.Inputs[k]!.Dims![axis];
            numbers[i] = call.Inputs[k]!.Data![Folding.Flat(places, call.Inputs[k]!.Dims!)];
        }

        return numbers;
    }

    private static void CheckAlike(OperatorCall call, long[] first, long[] other, int axis)
    {
        if (first.Length != other.Length) throw call.Misfit("equally many axes");
        if (first.Zip(other).Index().Any(at => at.Index != axis && at.Item.First >= 0 && at.Item.Second >= 0
            && at.Item.First != at.Item.Second))
            throw call.Misfit($"equal lengths on all axes but {axis}");
    }
}
