using System.Collections.Immutable;
using DeepGpu.Models.Shapes;

namespace DeepGpu.Models.Layers;

/// <content>The same elements in another shape, order or selection.</content>
internal static partial class FunctionShapes
{
    public static IReadOnlyList<Shape> Reshaped(FunctionCall call)
    {
        var input = call.Operand("x");
        var wanted = call.Function.Integers("newshape") ?? throw call.Function.Wrong("newshape", "a shape");
        if (wanted.Count(length => length == -1) > 1 || wanted.Any(length => length < -1)) throw call.Function.Wrong("newshape",
            "lengths, at most one of them -1,");
        var known = wanted.Where(length => length != -1).Aggregate(1L, (product, length) => checked(product * length));
        if (input.Elements is { } all && (known == 0 ? all != 0 : all % known != 0 || (!wanted.Contains(-1) && all != known)))
            throw new ShapeException($"{known} elements, or a multiple of them", "Correct the new shape.");
        var left = known == 0 ? null : input.Elements / known;
        return [new(wanted.Select(length => length != -1 ? length : left is { } n ? checked((int)n) : (int?)null))];
    }

    public static IReadOnlyList<Shape> Raveled(FunctionCall call)
        => [new(call.Operand("x").Elements is { } n ? checked((int)n) : (int?)null)];

    public static IReadOnlyList<Shape> Expanded(FunctionCall call)
    {
        var input = call.Operand("x");
        var axes = call.Function.Integers("axis") ?? [0];
        var added = axes.Select(axis => Axes.Resolve(axis, input.Rank + axes.Length)).Order();
        return [new(added.Aggregate(input.Axes, (shape, axis) => shape.Insert(axis, 1)))];
    }

    public static IReadOnlyList<Shape> Squeezed(FunctionCall call)
    {
        var input = call.Operand("x");
        var axes = call.Function.Argument("axis") is null ? [.. Ones(input)] : call.Axes("axis", input.Rank);
        if (axes.Any(axis => input[axis] is not (null or 1))) throw new ShapeException("length 1 on the axes it drops", "Name other axes.");
        return [new(input.Axes.Where((_, axis) => !axes.Contains(axis)))];
    }

    public static IReadOnlyList<Shape> Transposed(FunctionCall call)
    {
        var input = call.Operand("x");
        return [new(Order(call.Function, input.Rank).Select(axis => input[axis]))];
    }

    /// <summary>The input's axis that each axis of the output is.</summary>
    public static int[] Order(TensorFunction function, int rank) => function.Row.Order!(function, rank);

    public static IReadOnlyList<Shape> BroadcastTo(FunctionCall call)
    {
        var (input, wanted) = (call.Operand("x"), call.Function.Integers("shape") ?? throw call.Function.Wrong("shape", "a shape"));
        return [Broadcasting.OfOperands([input, new(wanted.Select(length => length < 0 ? (int?)null : length))])];
    }

    public static IReadOnlyList<Shape> Item(FunctionCall call)
    {
        var input = call.Operand("x");
        return [new(Parts(call.Function, input.Rank).SelectMany(part => Item(part.Part, part.Axis is { } axis ? input[axis] : null)))];
    }

    /// <summary>The parts of an index, each with the axis it is of: none for a new one. Axes it does not name are whole.</summary>
    public static IEnumerable<(FunctionArgument Part, int? Axis)> Parts(TensorFunction function, int rank)
    {
        var given = Key(function);
        var named = given.Count(part => part is NumberArgument or SliceArgument);
        if (named > rank || given.Any(part => part is not (NumberArgument or SliceArgument or NoArgument or EllipsisArgument)))
            throw function.Wrong("key", $"whole numbers and parts of at most {rank} axes");
        var rest = Enumerable.Repeat(FunctionArgument.Slice(), rank - named);
        List<FunctionArgument> parts = [.. given.Contains(FunctionArgument.Ellipsis)
            ? given.SelectMany(part => part is EllipsisArgument ? rest : [part]) : given.Concat(rest)];
        var next = 0;
        return parts.Select(part => (part, part is NoArgument ? (int?)null : next++)).ToList();
    }

    private static ImmutableArray<FunctionArgument> Key(TensorFunction function) => function.Argument("key") switch
    {
        ListArgument list => list.Items,
        { } one => [one],
        null => [FunctionArgument.None],
    };

    /// <summary>Where a part of an axis starts, in its own direction, and how long it is.</summary>
    public static (int Start, int Length) Range(SliceArgument part, int length)
    {
        var isForward = part.Step > 0;
        int Bound(int? given, int otherwise)
            => given is not { } n ? otherwise : Math.Clamp(n < 0 ? n + length : n, isForward ? 0 : -1, isForward ? length : length - 1);
        var (start, stop) = (Bound(part.Start, isForward ? 0 : length - 1), Bound(part.Stop, isForward ? length : -1));
        var span = isForward ? stop - start : start - stop;
        return (start, span <= 0 ? 0 : (int)((span + (long)Math.Abs(part.Step) - 1) / Math.Abs((long)part.Step)));
    }

    private static IEnumerable<int?> Item(FunctionArgument part, int? length)
    {
        switch (part)
        {
            case NoArgument: return [1];
            case NumberArgument number when length is { } known && (number.Value >= known || number.Value < -known):
                throw new ShapeException($"an axis that has position {number}", "Name a position the axis has.");
            case NumberArgument: return [];
            case SliceArgument { Start: null, Stop: null, Step: 1 or -1 }: return [length];
            default: return [length is { } n ? Range((SliceArgument)part, n).Length : null];
        }
    }

    private static IEnumerable<int> Ones(Shape input) => input.Axes.Select((length, axis) => (length, axis)).Where(a => a.length == 1)
        .Select(a => a.axis);

    public static int[] Permuted(TensorFunction function, int rank)
    {
        int[] order = [.. (function.Integers("axes") ?? Enumerable.Range(0, rank).Reverse()).Select(axis => Axes.Resolve(axis, rank))];
        return order.Length == rank && order.Distinct().Count() == rank ? order
            : throw new ShapeException($"as many axes as {function.Function} names", "Name every axis once.");
    }

    public static int[] Swapped(TensorFunction function, int rank)
    {
        var (a, b) = (Axes.Resolve(function.Integer("axis1") ?? 0, rank), Axes.Resolve(function.Integer("axis2") ?? 0, rank));
        return [.. Enumerable.Range(0, rank).Select(axis => axis == a ? b : axis == b ? a : axis)];
    }

    public static int[] Moved(TensorFunction function, int rank)
    {
        int[] Resolved(string name) => [.. (function.Integers(name) ?? []).Select(axis => Axes.Resolve(axis, rank))];
        var (from, to) = (Resolved("source"), Resolved("destination"));
        if (from.Length != to.Length || from.Distinct().Count() < from.Length || to.Distinct()
            .Count() < to.Length) throw function.Wrong("destination", "as many axes as 'source' has");
        var left = new Queue<int>(Enumerable.Range(0, rank).Except(from));
        return [.. Enumerable.Range(0, rank).Select(axis => Array.IndexOf(to, axis) is >= 0 and var i ? from[i] : left.Dequeue())];
    }
}
