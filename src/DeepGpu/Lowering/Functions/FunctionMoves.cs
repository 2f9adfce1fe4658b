using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;
using static DeepGpu.Lowering.FunctionTable;

namespace DeepGpu.Lowering;

/// <summary>Functions that move, join, repeat and select elements, and sums of products.</summary>
internal static class FunctionMoves
{
    public static Dictionary<string, Func<FunctionPass, torch.Tensor>> Rows => new()
    {
        ["Reshape"] = pass => pass.X.reshape(Longs(pass, "newshape")),
        ["Ravel"] = pass => pass.X.flatten(),
        ["ExpandDims"] = pass => Reshaped(pass, FunctionShapes.Expanded),
        ["Squeeze"] = pass => Reshaped(pass, FunctionShapes.Squeezed),
        ["Transpose"] = Permuted,
        ["Swapaxes"] = Permuted,
        ["Moveaxis"] = Permuted,
        ["BroadcastTo"] = pass => pass.X.expand(Known(pass, FunctionShapes.BroadcastTo)),
        ["Flip"] = pass => pass.X.flip(pass.AxesOf(pass.X)),
        ["Roll"] = Rolled,
        ["Repeat"] = Repeated,
        ["Tile"] = pass => Widened(pass.X, Longs(pass, "repeats").Length).repeat(Repeats(pass)),
        ["Pad"] = Padded,
        ["Concatenate"] = pass => torch.cat(Alike(pass.Values.Operands("xs", pass.Inputs)), pass.Function.Integer("axis") ?? -1),
        ["Stack"] = pass => torch.stack(Alike(pass.Values.Operands("x", pass.Inputs)), pass.Function.Integer("axis") ?? 0),
        ["Take"] = Taken,
        ["OneHot"] = OneHot,
        ["GetItem"] = Item,
        ["DepthToSpace"] = pass => InBlocks(pass, ToSpace),
        ["SpaceToDepth"] = pass => InBlocks(pass, ToDepth),
        ["Resize"] = pass => FunctionImages.Resizing(pass.Function) is var layer ? PreprocessingLowering.OnPixels(pass.Operand("images"),
            layer.DataFormat, pixels => PreprocessingLowering.Resized(Float(pixels), layer)) : pass.X,
        ["Sort"] = pass => pass.X.sort(pass.Function.Integer("axis") ?? -1).Values,
        ["Argsort"] = pass => pass.X.sort(pass.Function.Integer("axis") ?? -1).Indices,
        ["Tensordot"] = Tensordot,
        ["Einsum"] = pass => torch.einsum(pass.Function.Text("subscripts")!, [.. Alike(pass.Values.Operands("operands", pass.Inputs))]),
    };

    /// <summary>The functions that yield several values.</summary>
    public static IEnumerable<KeyValuePair<string, Func<FunctionPass, IReadOnlyList<torch.Tensor>>>> Several =>
    [
        new("Split", Split),
        new("Unstack", pass => [.. pass.X.unbind(pass.Axis(0, (int)pass.X.dim()))]),
        new("TopK", pass => pass.X.topk(pass.Function.Integer("k") ?? 1) is var (values, indices) ? [values, indices] : []),
    ];

    public static torch.Tensor Matmul(torch.Tensor a, torch.Tensor b)
    {
        var (left, right) = (a.dim() == 1 ? "j" : "...ij", b.dim() == 1 ? "j" : "...jk");
        return torch.einsum($"{left},{right}->...{(a.dim() == 1 ? "" : "i")}{(b.dim() == 1 ? "" : "k")}", [.. Alike([a, b])]);
    }

    public static torch.Tensor Dot(torch.Tensor a, torch.Tensor b)
    {
        if (a.dim() == 0 || b.dim() == 0) return a * b;
        return Contracted(a, b, [(int)a.dim() - 1], [b.dim() == 1 ? 0 : (int)b.dim() - 2]);
    }

    private static torch.Tensor InBlocks(FunctionPass pass, Func<torch.Tensor, int, torch.Tensor> change)
        => PreprocessingLowering.OnPixels(pass.X, FunctionImages.Format(pass.Function), pixels
            => change(pixels, FunctionImages.Block(pass.Function)));

    /// <summary>(batch, block, block, channels, height, width) in the channels' order, the block's row and column beside the
    /// pixel's.</summary>
    private static torch.Tensor ToSpace(torch.Tensor x, int block)
    {
        var (n, c, h, w) = (x.shape[0], x.shape[1] / (block * block), x.shape[2], x.shape[3]);
        return x.reshape(n, block, block, c, h, w).permute(0, 3, 4, 1, 5, 2).reshape(n, c, h * block, w * block);
    }

    private static torch.Tensor ToDepth(torch.Tensor x, int block)
    {
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] / block, x.shape[3] / block);
        return x.reshape(n, c, h, block, w, block).permute(0, 3, 5, 1, 2, 4).reshape(n, block * block * c, h, w);
    }

    private static torch.Tensor Tensordot(FunctionPass pass)
    {
        var (a, b) = (pass.Operand("x1"), pass.Operand("x2"));
        var (left, right) = FunctionProducts.SummedAxes(pass.Function, (int)a.dim(), (int)b.dim());
        return Contracted(a, b, left, right);
    }

    private static torch.Tensor Contracted(torch.Tensor a, torch.Tensor b, int[] left, int[] right)
        => torch.einsum(FunctionProducts.Subscripts((int)a.dim(), (int)b.dim(), left, right), [.. Alike([a, b])]);

    private static long[] Longs(FunctionPass pass, string option) => [.. pass.Function.Integers(option)!.Select(number => (long)number)];

    private static long[] Known(FunctionPass pass, Func<FunctionCall, IReadOnlyList<Shape>> shapes)
    {
        var inputs = pass.Inputs.Select(input => new Shape(input.Tensor.shape.Select(length => (int?)length)));
        return [.. shapes(new(pass.Function, [.. inputs]))[0].Axes.Select(length => (long)length!.Value)];
    }

    private static torch.Tensor Reshaped(FunctionPass pass, Func<FunctionCall, IReadOnlyList<Shape>> shapes)
        => pass.X.reshape(Known(pass, shapes));

    private static torch.Tensor Permuted(FunctionPass pass)
        => pass.X.permute([.. FunctionShapes.Order(pass.Function, (int)pass.X.dim()).Select(axis => (long)axis)]);

    private static torch.Tensor Rolled(FunctionPass pass)
    {
        var shifts = Longs(pass, "shift");
        return pass.Function.Argument("axis") is null ? pass.X.flatten().roll(shifts, new long[] { 0 }).reshape(pass.X.shape)
            : pass.X.roll(shifts, Longs(pass, "axis"));
    }

    private static torch.Tensor Repeated(FunctionPass pass)
    {
        var (x, repeats) = (pass.X, Longs(pass, "repeats"));
        if (pass.Function.Argument("axis") is null) x = x.flatten();
        var axis = pass.Axis(0, (int)x.dim());
        var counts = repeats.Length == 1 ? Enumerable.Repeat(repeats[0], (int)x.shape[axis]) : repeats;
        using var indices = torch.tensor([.. counts.SelectMany((count, i) => Enumerable.Repeat((long)i, (int)count))],
            torch.ScalarType.Int64).to(x.device);
        return x.index_select(axis, indices);
    }

    private static torch.Tensor Widened(torch.Tensor x, int rank)
        => x.dim() >= rank ? x : x.reshape([.. Enumerable.Repeat(1L, rank - (int)x.dim()), .. x.shape]);

    private static long[] Repeats(FunctionPass pass)
    {
        var repeats = Longs(pass, "repeats");
        return [.. Enumerable.Repeat(1L, Math.Max(0, (int)pass.X.dim() - repeats.Length)), .. repeats];
    }

    private static torch.Tensor Padded(FunctionPass pass)
    {
        var (x, mode) = (pass.X, pass.Function.Text("mode") ?? "constant");
        var sides = FunctionShapes.PadWidths(pass.Function, (int)x.dim());
        var value = pass.Function.Number("constant_values") ?? 0;
        return sides.Select((side, axis) => (side, axis)).Aggregate(x, (padded, at) => Padded(padded, at.axis, at.side, mode, value));
    }

    /// <summary>An axis with margins: of one value, or of the elements that mirror at its ends.</summary>
    private static torch.Tensor Padded(torch.Tensor x, int axis, (int Before, int After) side, string mode, double value)
    {
        if (side is (0, 0)) return x;
        if (mode != "constant") return x.index_select(axis, Mirrored(x, axis, side, mode));
        torch.Tensor Margin(int length)
            => torch.full([.. x.shape.Select((n, i) => i == axis ? length : n)], Number(value), x.dtype, x.device);
        return torch.cat([Margin(side.Before), x, Margin(side.After)], axis);
    }

    private static torch.Tensor Mirrored(torch.Tensor x, int axis, (int Before, int After) side, string mode)
    {
        var length = x.shape[axis];
        var (period, shift) = mode == "reflect" ? (Math.Max(1, 2 * length - 2), 0) : (2 * length, 1);
        long At(long place)
        {
            var turned = ((place % period) + period) % period;
            return turned < length ? turned : period - turned - shift;
        }

        return torch.tensor([.. Enumerable.Range(-side.Before, (int)length + side.Before + side.After).Select(place => At(place))],
            torch.ScalarType.Int64).to(x.device);
    }

    private static torch.Tensor Taken(FunctionPass pass)
    {
        var (x, indices) = (pass.X, pass.Operand("indices").to(torch.ScalarType.Int64));
        if (pass.Function.Argument("axis") is null) x = x.flatten();
        var axis = pass.Axis(0, (int)x.dim());
        var flat = indices.flatten();
        var counted = torch.where(flat.lt(Number(0L)), flat.Plus(x.shape[axis]), flat);
        var taken = x.index_select(axis, counted.clamp(Number(0L), Number(x.shape[axis] - 1)));
        return taken.reshape([.. x.shape[..axis], .. indices.shape, .. x.shape[(axis + 1)..]]);
    }

    private static torch.Tensor OneHot(FunctionPass pass)
    {
        var classes = pass.Function.Integer("num_classes") ?? 1;
        var numbers = pass.X.to(torch.ScalarType.Int64).unsqueeze(-1);
        var hot = numbers.eq(Arithmetic.Range(classes, torch.ScalarType.Int64, numbers.device))
            .to(TypeOf(pass) ?? torch.ScalarType.Float32);
        return torch.movedim(hot, -1, pass.Axis(-1, (int)hot.dim()));
    }

    /// <summary>An index, axis by axis, the last first, so that the axes before keep their numbers.</summary>
    private static torch.Tensor Item(FunctionPass pass)
    {
        var (x, axis) = (pass.X, 0);
        foreach (var (part, _) in FunctionShapes.Parts(pass.Function, (int)x.dim())) (x, axis) = Item(x, axis, part);
        return x;
    }

    private static (torch.Tensor Value, int Next) Item(torch.Tensor x, int axis, FunctionArgument part)
    {
        switch (part)
        {
            case NoArgument: return (x.unsqueeze(axis), axis + 1);
            case NumberArgument number: return (x.select(axis, (long)number.Value + (number.Value < 0 ? x.shape[axis] : 0)), axis);
            case SliceArgument slice: return (Sliced(x, axis, slice), axis + 1);
            default: throw new InvalidOperationException($"{part} is no part of an index.");
        }
    }

    private static torch.Tensor Sliced(torch.Tensor x, int axis, SliceArgument slice)
    {
        var (start, length) = FunctionShapes.Range(slice, (int)x.shape[axis]);
        if (length == 0) return x.narrow(axis, 0, 0);
        var last = start + (length - 1) * slice.Step;
        if (slice.Step > 0) return x.slice(axis, start, last + 1, slice.Step);
        return x.slice(axis, last, start + 1, -slice.Step).flip(axis);
    }

    private static List<torch.Tensor> Split(FunctionPass pass)
    {
        var x = pass.X;
        var axis = pass.Axis(0, (int)x.dim());
        var lengths = FunctionShapes.Split(new(pass.Function,
            [.. pass.Inputs.Select(input => new Shape(input.Tensor.shape.Select(n => (int?)n)))]));
        var (parts, start) = (new List<torch.Tensor>(), 0L);
        foreach (var length in lengths.Select(shape => shape[axis]!.Value))
        {
            parts.Add(x.narrow(axis, start, length));
            start += length;
        }

        return parts;
    }

    /// <summary>Tensors in one element type: whole numbers take that of the numbers with a fraction beside them.</summary>
    private static List<torch.Tensor> Alike(List<torch.Tensor> tensors)
    {
        var type = tensors.Select(tensor => tensor.dtype)
            .FirstOrDefault(type => type is not (torch.ScalarType.Int64 or torch.ScalarType.Int32 or torch.ScalarType.Bool),
            tensors[0].dtype);
        return [.. tensors.Select(tensor => tensor.dtype == type ? tensor : tensor.to(type))];
    }
}
