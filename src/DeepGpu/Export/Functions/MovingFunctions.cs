using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>Functions that move elements, and products.</summary>
internal static class MovingFunctions
{
    public static Dictionary<string, Func<FunctionOperands, GraphValue>> Rows => new()
    {
        ["Reshape"] = call => call.Graph.Reshape(call.X, [.. Shape(call).Axes.Select(n => new Dim(n))]),
        ["Ravel"] = call => Flat(call.Graph, call.X),
        ["ExpandDims"] = call => call.Graph.Unsqueeze(call.X, call.Function.Integers("axis") ?? [0]),
        ["Squeeze"] = call => call.Graph.Squeeze(call.X, SqueezedAxes(call)),
        ["Transpose"] = Permuted,
        ["Swapaxes"] = Permuted,
        ["Moveaxis"] = Permuted,
        ["BroadcastTo"] = Broadcast,
        ["Flip"] = call => call.AxesOf(call.X).Aggregate(call.X, (x, axis) => call.Graph.Flip(x, axis)),
        ["Roll"] = Rolled,
        ["Repeat"] = Repeated,
        ["Tile"] = Tiled,
        ["Pad"] = Padded,
        ["Concatenate"] = call => call.Graph.Concatenate(Alike(call, "xs"), call.Function.Integer("axis") ?? -1),
        ["Stack"] = call => call.Graph.Stack(Alike(call, "x"), call.Function.Integer("axis") ?? 0),
        ["Take"] = Taken,
        ["OneHot"] = OneHot,
        ["GetItem"] = Item,
        ["Sort"] = call => Sorted(call).Values,
        ["Argsort"] = call => Sorted(call).Places,
        ["Cumsum"] = call => call.Graph.CumulativeSum(call.Function.Argument("axis") is null ? Flat(call.Graph, Typed(call)) : Typed(call),
            call.Function.Integer("axis") ?? 0),
        ["DepthToSpace"] = call => InBlocks(call, "DepthToSpace"),
        ["SpaceToDepth"] = call => InBlocks(call, "SpaceToDepth"),
        ["Resize"] = Resized,
        ["Matmul"] = Matmul,
        ["Dot"] = Dot,
        ["Tensordot"] = Tensordot,
        ["Einsum"] = Einsum,
    };

    public static Dictionary<string, Func<FunctionOperands, IReadOnlyList<GraphValue>>> Several => new()
    {
        ["Split"] = call =>
        {
            var axis = call.Axis(0, call.X.Rank);
            return call.Graph.Split(call.X, axis, [.. FunctionShapes.Split(Call(call)).Select(shape => shape[axis])]);
        },
        ["Unstack"] = call =>
        {
            var (x, axis) = (call.X, call.Axis(0, call.X.Rank));
            return [.. Enumerable.Range(0, FunctionShapes.UnstackCount(call.Function)).Select(i => call.Graph.Select(x, axis, i))];
        },
        ["TopK"] = call => call.Graph.TopK(call.X, -1, call.Function.Integer("k") ?? 1) is var (values, places) ? [values, places] : [],
    };

    /// <summary>Blocks of pixels to channels, or back, as ONNX's own operators order them.</summary>
    private static GraphValue InBlocks(FunctionOperands call, string op)
    {
        var (g, block) = (call.Graph, FunctionImages.Block(call.Function));
        return ImageRules.OnPixels(g, call.X, FunctionImages.Format(call.Function),
            x => g.Emit(op, [x], Blocked(x.Shape, op, block), x.Type, ("blocksize", (long)block)));
    }

    private static Shape Blocked(Shape x, string op, int block) => op == "DepthToSpace"
        ? new(x[0], x[1] / (block * block), x[2] * block, x[3] * block)
        : new(x[0], x[1] * block * block, x[2] / block, x[3] / block);

    private static GraphValue Resized(FunctionOperands call)
    {
        var (g, layer) = (call.Graph, FunctionImages.Resizing(call.Function));
        return ImageRules.OnPixels(g, g.Cast(call.Operand("images"), DataType.Float32), layer.DataFormat,
            pixels => ImageRules.Resized(g, pixels, layer));
    }

    private static FunctionCall Call(FunctionOperands call) => new(call.Function, [.. call.Inputs.Select(input => input.Tensor.Shape)]);

    private static Shape Shape(FunctionOperands call) => call.Function.Row.Shapes(Call(call))[0];

    private static GraphValue Typed(FunctionOperands call)
        => ElementFunctions.TypeOf(call) is { } type ? call.Graph.Cast(call.X, type) : call.X;

    private static GraphValue Flat(GraphWriter g, GraphValue x) => g.Reshape(x, new Dim((int?)x.Shape.Elements));

    private static int[] SqueezedAxes(FunctionOperands call) => call.Function.Argument("axis") is null
        ? [.. call.X.Shape.Axes.Index().Where(axis => axis.Item == 1).Select(axis => axis.Index)] : [.. call.AxesOf(call.X)];

    private static GraphValue Permuted(FunctionOperands call)
        => call.Graph.Transpose(call.X, FunctionShapes.Order(call.Function, call.X.Rank));

    private static GraphValue Broadcast(FunctionOperands call)
    {
        var (g, x, shape) = (call.Graph, call.X, Shape(call));
        return g.Expand(x, [.. shape.Axes.Select((length, axis) => length ?? (axis >= shape.Rank - x.Rank
            ? Dim.Along(x, axis - (shape.Rank - x.Rank)) : throw new ExportRefusal("is spread over an open length")))]);
    }

    private static GraphValue Rolled(FunctionOperands call)
    {
        var shifts = call.Function.Integers("shift")!;
        if (call.Function.Argument("axis") is not null)
            return shifts.Zip(call.Function.Integers("axis")!).Aggregate(call.X, (x, by) => Rolled(call.Graph, x, by.Second, by.First));
        return call.Graph.Reshape(Rolled(call.Graph, Flat(call.Graph, call.X), 0, shifts[0]), Dim.AllOf(call.X));
    }

    private static GraphValue Rolled(GraphWriter g, GraphValue x, int axis, int shift)
    {
        var (place, length) = (Axes.Resolve(axis, x.Rank), ExportContext.Known(x, axis, "a roll"));
        var by = ((shift % length) + length) % length;
        return by == 0 ? x : g.Concatenate([g.Narrow(x, place, length - by, by), g.Narrow(x, place, 0, length - by)], place);
    }

    private static GraphValue Repeated(FunctionOperands call)
    {
        var (g, repeats) = (call.Graph, call.Function.Integers("repeats")!);
        var x = call.Function.Argument("axis") is null ? Flat(g, call.X) : call.X;
        var axis = call.Axis(0, x.Rank);
        var length = ExportContext.Known(x, axis, "a repetition");
        var counts = repeats.Length == 1 ? Enumerable.Repeat(repeats[0], length) : repeats;
        return g.Gather(x, g.Whole(counts.SelectMany((count, i) => Enumerable.Repeat(i, count))), axis);
    }

    private static GraphValue Tiled(FunctionOperands call)
    {
        var (g, x, repeats) = (call.Graph, call.X, call.Function.Integers("repeats")!);
        var wide = x.Rank >= repeats.Length ? x : g.Unsqueeze(x, [.. Enumerable.Range(0, repeats.Length - x.Rank)]);
        int[] counts = [.. Enumerable.Repeat(1, wide.Rank - repeats.Length), .. repeats];
        return g.Emit("Tile", [wide, g.Whole(counts)], Shape(call), x.Type);
    }

    private static GraphValue Padded(FunctionOperands call)
    {
        var (g, x, mode) = (call.Graph, call.X, call.Function.Text("mode") ?? "constant");
        var sides = FunctionShapes.PadWidths(call.Function, x.Rank);
        if (mode == "constant") return g.Pad(x, sides, call.Function.Number("constant_values") ?? 0);
        return sides.Index().Where(side => side.Item != (0, 0)).Aggregate(x, (value, side)
            => g.Gather(value, g.Whole(Mirrored(ExportContext.Known(value, side.Index, "a mirrored margin"), side.Item, mode)),
                side.Index));
    }

    /// <summary>The places that a mirrored axis takes its entries from.</summary>
    private static IEnumerable<int> Mirrored(int length, (int Before, int After) side, string mode)
    {
        var (period, shift) = mode == "reflect" ? (Math.Max(1, 2 * length - 2), 0) : (2 * length, 1);
        return Enumerable.Range(-side.Before, length + side.Before + side.After).Select(place =>
        {
            var turned = ((place % period) + period) % period;
            return turned < length ? turned : period - turned - shift;
        });
    }

    private static IReadOnlyList<GraphValue> Alike(FunctionOperands call, string name)
    {
        var parts = call.Operands(name);
        var type = parts.Select(part => part.Type).FirstOrDefault(type => type == DataType.Float32, parts[0].Type);
        return [.. parts.Select(part => call.Graph.Cast(part, type))];
    }

    /// <summary>Negative places count from the end; those beyond it are the last.</summary>
    private static GraphValue Taken(FunctionOperands call)
    {
        var (g, indices) = (call.Graph, call.Graph.Cast(call.Operand("indices"), DataType.Int64));
        var x = call.Function.Argument("axis") is null ? Flat(g, call.X) : call.X;
        var axis = call.Axis(0, x.Rank);
        var length = ExportContext.Known(x, axis, "a choice of entries");
        var counted = g.Where(g.Compare("Less", indices, 0), g.Add(indices, length), indices);
        return g.Gather(x, g.Clip(counted, 0, length - 1), axis);
    }

    private static GraphValue OneHot(FunctionOperands call)
    {
        var g = call.Graph;
        var classes = g.Whole(Enumerable.Range(0, call.Function.Integer("num_classes") ?? 1));
        var hot = g.Compare("Equal", g.Unsqueeze(g.Cast(call.X, DataType.Int64), -1), classes);
        return g.Move(g.Cast(hot, ElementFunctions.TypeOf(call) ?? DataType.Float32), -1, call.Axis(-1, hot.Rank));
    }

    private static GraphValue Item(FunctionOperands call)
    {
        var (g, x, axis) = (call.Graph, call.X, 0);
        foreach (var (part, _) in FunctionShapes.Parts(call.Function, x.Rank).ToList())
        {
            x = part switch
            {
                NoArgument => g.Unsqueeze(x, axis),
                NumberArgument number => g.Select(x, axis, (int)number.Value),
                SliceArgument slice => Sliced(g, x, axis, slice),
                _ => throw new ExportRefusal("has an index that ONNX cannot express"),
            };
            if (part is not NumberArgument) axis++;
        }

        return x;
    }

    private static GraphValue Sliced(GraphWriter g, GraphValue x, int axis, SliceArgument slice)
    {
        if (slice is { Start: null or 0, Stop: null, Step: 1 }) return x;
        int? length = x.Shape[axis] is { } n ? FunctionShapes.Range(slice, n).Length : null;
        var (start, end) = slice.Step > 0 ? (0, long.MaxValue) : (long.MaxValue, long.MinValue);
        return g.Slice(x, axis, slice.Start ?? start, slice.Stop ?? end, slice.Step, length);
    }

    private static (GraphValue Values, GraphValue Places) Sorted(FunctionOperands call)
    {
        var axis = call.Axis(-1, call.X.Rank);
        return call.Graph.TopK(call.X, axis, Dim.Along(call.X, axis), largest: false);
    }

    private static (GraphValue A, GraphValue B) Reals(FunctionOperands call) => (call.Graph.Cast(call.Operand("x1"), DataType.Float32),
        call.Graph.Cast(call.Operand("x2"), DataType.Float32));

    private static GraphValue Matmul(FunctionOperands call)
    {
        var (a, b) = Reals(call);
        return call.Graph.Emit("MatMul", [a, b], Shape(call), DataType.Float32);
    }

    private static GraphValue Dot(FunctionOperands call)
    {
        var (a, b) = Reals(call);
        return a.Rank == 0 || b.Rank == 0 ? call.Graph.Multiply(a, b) : Contracted(call, a, b, [a.Rank - 1], [b.Rank == 1 ? 0
            : b.Rank - 2]);
    }

    private static GraphValue Tensordot(FunctionOperands call)
    {
        var (a, b) = Reals(call);
        var (left, right) = FunctionProducts.SummedAxes(call.Function, a.Rank, b.Rank);
        return Contracted(call, a, b, left, right);
    }

    private static GraphValue Contracted(FunctionOperands call, GraphValue a, GraphValue b, int[] left, int[] right)
        => call.Graph.Einsum(FunctionProducts.Subscripts(a.Rank, b.Rank, left, right), [a, b], Shape(call));

    private static GraphValue Einsum(FunctionOperands call)
        => call.Graph.Einsum(call.Function.Text("subscripts")!.Replace(" ", "", StringComparison.Ordinal),
            [.. Alike(call, "operands").Select(part => call.Graph.Cast(part, DataType.Float32))], Shape(call));
}
