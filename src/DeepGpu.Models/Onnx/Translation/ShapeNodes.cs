using static DeepGpu.Models.Onnx.NodeTranslation;

namespace DeepGpu.Models.Onnx;

/// <summary>Changes of shape, parts and joins as layers.</summary>
internal static class ShapeNodes
{
    public static Translated Flatten(NodeTranslation node)
    {
        var x = node.X();
        Require(node.Node.Int("axis", 1) is 1 || (x.Shape!.Rank == 2 && node.Node.Int("axis", 1) == -1), "a flattening of the batch");
        return Translated.Plain(x.Shape!.Rank == 2 ? x : node.Apply(x, new Flatten()));
    }

    public static Translated Reshape(NodeTranslation node)
    {
        var (value, from, to) = (node.Input(0), node.Call.Dims(0),
            node.Result.Dims ?? throw new NoLayerException("a shape that is computed"));
        if (Merged(node, value, from, to) is { } merged) return merged;
        var x = node.X();
        Require(to.Length > 1 && to[0] == -1 && to.Skip(1).Count(n => n == -1) <= 1, "a shape that mixes the batch with other axes");
        Require(SamplesStay(x.Shape!, to), "a shape that mixes the batch with other axes");
        return Translated.Plain(node.Apply(x, new Reshape([.. to.Skip(1).Select(n => (int)n)])));
    }

    public static Translated Squeeze(NodeTranslation node)
    {
        var (x, dims) = (node.Input(0), node.Call.Dims(0)!);
        var axes = node.Call.Numbers("axes", 1, out var isKnown);
        Require(isKnown, "axes that are computed");
        int[] dropped = [.. axes is null ? dims.Index().Where(axis => axis.Item == 1).Select(axis => axis.Index)
            : axes.Select(axis => node.Call.Axis(axis, dims.Length))];
        Require(dropped.All(axis => x.Order[axis] != 0), "the batch left out");
        int[] real = [.. dropped.Select(axis => x.Order[axis]).Where(axis => axis > 0).Order()];
        var tensor = real.Length == 0 ? x.Tensor : node.Function(x.Tensor, "Squeeze", ("axis", real));
        return new(tensor, [.. x.Order.Where((_, axis) => !dropped.Contains(axis)).Select(axis => axis - real.Count(gone => gone < axis))]);
    }

    public static Translated Unsqueeze(NodeTranslation node)
    {
        var (x, axes) = (node.Input(0), node.Call.Numbers("axes", 1, out var isKnown));
        Require(isKnown && axes is not null, "axes that are computed");
        List<int> order = [.. x.Order];
        foreach (var axis in axes!.Select(axis => node.Call.Axis(axis, x.Order.Length + axes!.Length)).Order()) order.Insert(axis, -1);
        return x with { Order = [.. order] };
    }

    public static Translated Transpose(NodeTranslation node)
    {
        var x = node.Input(0);
        return x with { Order = [.. ViewShapes.Order(node.Call, x.Order.Length).Select(axis => x.Order[axis])] };
    }

    public static Translated Concat(NodeTranslation node)
    {
        Require(node.Call.Inputs.All(input => input is { IsConstant: false }), "a join with a constant");
        List<Translated> parts = [.. Enumerable.Range(0, node.Call.Inputs.Count).Select(node.Input)];
        if (parts.Count == 1) return parts[0];
        var axis = node.Call.Axis(node.Node.Int("axis", 0), parts[0].Order.Length);
        var isAlike = parts.All(part => part.Order.SequenceEqual(parts[0].Order)) && parts[0].Order[axis] > 0;
        Require(isAlike || axis > 0, "a join along the batch");
        var tensors = isAlike ? [.. parts.Select(part => part.Tensor)] : Enumerable.Range(0, parts.Count).Select(node.X).ToList();
        var joined = tensors[0].Apply(new Concatenate(isAlike ? parts[0].Order[axis] : axis) { Name = node.NextName() }, tensors.Skip(1));
        return isAlike ? parts[0] with { Tensor = joined } : Translated.Plain(joined);
    }

    public static IReadOnlyList<Translated> Split(NodeTranslation node)
    {
        var x = node.Input(0);
        var axis = node.Call.Axis(node.Node.Int("axis", 0), x.Order.Length);
        Require(x.Order[axis] > 0, "parts of the batch");
        long[] lengths = [.. node.Node.Outputs.Select(output => node.LengthOf(output, axis))];
        Require(lengths.All(length => length > 0), "parts of an open length");
        int[] starts = [.. lengths.SkipLast(1).Select((_, i) => (int)lengths.Take(i + 1).Sum())];
        var parts = x.Tensor.ApplyAll(new TensorFunction("Split", ("x", FunctionArgument.Input(0)), ("indices_or_sections", starts),
            ("axis", x.Order[axis]))
        { Name = node.NextName() });
        return [.. parts.Select(part => x with { Tensor = part })];
    }

    public static Translated Slice(NodeTranslation node)
    {
        var x = node.Input(0);
        var starts = node.Call.Numbers("starts", 1, out var knowsStarts);
        var ends = node.Call.Numbers("ends", 2, out var knowsEnds);
        var axes = node.Call.Numbers("axes", 3, out _) ?? [.. Enumerable.Range(0, starts?.Length ?? 0).Select(axis => (long)axis)];
        var steps = node.Call.Numbers("steps", 4, out _);
        Require(knowsStarts && knowsEnds && starts is not null && ends is not null, "a part whose bounds are computed");
        var key = Enumerable.Repeat(FunctionArgument.Slice(), x.Tensor.Shape!.Rank).ToArray();
        foreach (var (i, axis) in axes.Index().Select(at => (at.Index, x.Order[node.Call.Axis(at.Item, x.Order.Length)])))
        {
            Require(axis > 0, "a part of the batch");
            key[axis] = FunctionArgument.Slice(Bound(starts![i]), Bound(ends![i]), (int)(steps?[i] ?? 1));
        }

        return x with
        {
            Tensor = node.Function(x.Tensor, "GetItem", ("x", FunctionArgument.Input(0)),
            ("key", FunctionArgument.List(key)))
        };
    }

    /// <summary>Rows of a table of weights, or places of an axis.</summary>
    public static Translated Gather(NodeTranslation node)
    {
        var axis = node.Call.Axis(node.Node.Int("axis", 0), node.Call.Dims(0)!.Length);
        if (node.IsConstant(0)) return Embedding(node, axis);
        Require(node.IsConstant(1) || node.Call[1].Data is not null, "places that are computed");
        var (x, places) = (node.Input(0), node.Call[1].Longs ?? throw new NoLayerException("many places"));
        Require(x.Order[axis] != 0, "places of the batch");
        if (node.Call.Dims(1)!.Length > 0)
            return Translated.Plain(node.Function(node.X(), "Take", ("x", FunctionArgument.Input(0)),
                ("indices", FunctionArgument.List(places.Select(place => (FunctionArgument)(int)place))), ("axis", axis)));
        if (x.Order[axis] < 0) return x with { Order = [.. x.Order.Where((_, i) => i != axis)] };
        var key = Enumerable.Repeat(FunctionArgument.Slice(), x.Tensor.Shape!.Rank).ToArray();
        key[x.Order[axis]] = (int)places[0];
        var item = node.Function(x.Tensor, "GetItem", ("x", FunctionArgument.Input(0)), ("key", FunctionArgument.List(key)));
        return new(item, [.. x.Order.Where((_, i) => i != axis).Select(from => from > x.Order[axis] ? from - 1 : from)]);
    }

    public static Translated Pad(NodeTranslation node)
    {
        var (x, given) = (node.X(), node.Call.Numbers("pads", 1, out _));
        var amounts = given is not null && !node.Has(3) ? given : throw new NoLayerException("margins that are computed");
        var rank = x.Shape!.Rank;
        var mode = node.Node.Text("mode", "constant");
        Require(amounts.All(n => n >= 0) && amounts[0] == 0 && amounts[rank] == 0, "margins cut off, or around the batch");
        Require(mode is "constant" or "reflect", $"margins by '{mode}'");
        var value = node.Has(2) ? node.Scalar(2) ?? throw new NoLayerException("margins of a computed value")
            : node.Node.Number("value", 0);
        var widths = FunctionArgument.List(Enumerable.Range(0, rank).Select(i
            => (FunctionArgument)new[] { (int)amounts[i], (int)amounts[i + rank] }));
        return Translated.Plain(mode == "constant"
            ? node.Function(x, "Pad", ("x", FunctionArgument.Input(0)), ("constant_values", value), ("pad_width", widths), ("mode", mode))
            : node.Function(x, "Pad", ("x", FunctionArgument.Input(0)), ("pad_width", widths), ("mode", mode)));
    }

    private static Translated Embedding(NodeTranslation node, int axis)
    {
        var table = node.Numbers(0);
        Require(axis == 0 && table.Dims.Length == 2, "places of an axis of weights");
        var x = node.X(1);
        return Translated.Plain(node.Apply(x, new Embedding(table.Dims[0], table.Dims[1]), ("embeddings", table)));
    }

    /// <summary>Several last axes joined to one, whatever the order of the axes before them: both directions of a recurrent
    /// layer.</summary>
    private static Translated? Merged(NodeTranslation node, Translated value, long[]? from, long[] to)
    {
        if (value.IsPlain || from is null || to.Length < 2) return null;
        (from, value) = ([.. from.Where((_, axis) => value.Order[axis] >= 0)],
            value with { Order = [.. value.Order.Where(axis => axis >= 0)] });
        if (from.SequenceEqual(to)) return value;
        if (from.Length < to.Length) return null;
        var (kept, rank) = (to.Length - 1, from.Length);
        if (!value.Order[kept..].SequenceEqual(Enumerable.Range(kept, rank - kept))) return null;
        if (!from.Take(kept).SequenceEqual(to.Take(kept)) || Dims.Product(from.Skip(kept)) is var last
            && (last < 0 || last != to[kept])) return null;
        int[] shape = [.. value.Tensor.Shape!.Axes.Skip(1).Take(kept - 1).Select(n => n ?? -1), (int)to[kept]];
        return shape.Count(n => n == -1) > 1 ? null : new(node.Apply(value.Tensor, new Reshape([.. shape])),
            [.. value.Order[..kept], kept]);
    }

    /// <summary>Whether a sample has as many elements before and after.</summary>
    private static bool SamplesStay(Shape from, long[] to)
        => to.Skip(1).Contains(-1) ? from.Axes.Skip(1).Contains(null) : from.SampleElements == Dims.Product(to.Skip(1));

    private static int? Bound(long at) => at is > int.MaxValue or < -int.MaxValue ? null : (int)at;
}
