using DeepGpu.Models;

namespace DeepGpu.Export;

/// <content>The same elements in another order or shape.</content>
internal sealed partial class GraphWriter
{
    private readonly Dictionary<GraphValue, (GraphValue Value, int[] Order)> _sources = [];
    private readonly Dictionary<(GraphValue Value, string Order), GraphValue> _transposed = [];
    private readonly Dictionary<GraphValue, (GraphValue Value, int Axis)> _flipped = [];

    /// <summary>What a value is transposed of, and how; null where it is not.</summary>
    public (GraphValue Value, int[] Order)? Source(GraphValue x)
        => _sources.TryGetValue(x, out var source) ? source : outer?.Source(x);

    /// <summary>The axes in another order: for each new axis, the old one.</summary>
    public GraphValue Transpose(GraphValue x, params IReadOnlyList<int> order)
    {
        if (Source(x) is { } source) return Transpose(source.Value, [.. order.Select(axis => source.Order[axis])]);
        if (order.SequenceEqual(Enumerable.Range(0, x.Rank))) return x;
        var key = (x, string.Join(',', order));
        if (_transposed.TryGetValue(key, out var known)) return known;
        var shape = new Shape(order.Select(axis => x.Shape[axis]));
        var output = Emit("Transpose", [x], shape, x.Type, ("perm", order.Select(axis => (long)axis).ToArray()));
        _sources[output] = (x, [.. order]);
        return _transposed[key] = output;
    }

    /// <summary>One axis moved to another place.</summary>
    public GraphValue Move(GraphValue x, int from, int to)
    {
        var order = Enumerable.Range(0, x.Rank).ToList();
        var (source, target) = (Axes.Resolve(from, x.Rank), Axes.Resolve(to, x.Rank));
        order.RemoveAt(source);
        order.Insert(target, source);
        return Transpose(x, order);
    }

    public GraphValue Reshape(GraphValue x, params IReadOnlyList<Dim> dims)
    {
        var shape = new Shape(dims.Select(dim => dim.Known));
        if (dims.Select((dim, axis) => IsKept(x, dim, axis)).All(kept => kept) && dims.Count == x.Rank) return x;
        var open = dims.Select((dim, axis) => (dim, axis)).Where(d => d.dim.Known is null && !IsKept(x, d.dim, d.axis)).ToList();
        var lengths = open.Count > 1 ? ShapeVector(dims)
            : Whole([.. dims.Select((dim, axis) => dim.Known ?? (IsKept(x, dim, axis) ? 0L : -1L))]);
        return Emit("Reshape", [x, lengths], shape, x.Type);
    }

    public GraphValue Expand(GraphValue x, params IReadOnlyList<Dim> dims)
    {
        var shape = new Shape(dims.Select(dim => dim.Known));
        return shape.Elements is not null && shape.Equals(x.Shape) ? x : Emit("Expand", [x, ShapeVector(dims)], shape, x.Type);
    }

    public GraphValue Unsqueeze(GraphValue x, params IReadOnlyList<int> axes)
    {
        var places = axes.Select(axis => axis < 0 ? axis + x.Rank + axes.Count : axis).Order().ToList();
        var shape = new Shape(places.Aggregate(x.Shape.Axes, (lengths, axis) => lengths.Insert(axis, 1)));
        return Emit("Unsqueeze", [x, Whole(places)], shape, x.Type);
    }

    public GraphValue Squeeze(GraphValue x, params IReadOnlyList<int> axes)
    {
        var places = axes.Select(axis => Axes.Resolve(axis, x.Rank)).ToList();
        if (places.Count == 0) return x;
        var shape = new Shape(x.Shape.Axes.Where((_, axis) => !places.Contains(axis)));
        return Emit("Squeeze", [x, Whole(places)], shape, x.Type);
    }

    /// <summary>From a place on, so many; negative places count from the end, a null count is all that follows.</summary>
    public GraphValue Narrow(GraphValue x, int axis, int start, int? count)
    {
        var place = Axes.Resolve(axis, x.Rank);
        if (start == 0 && count is not null && x.Shape[place] == count) return x;
        var end = count is { } n && (start >= 0 || start + n < 0) ? start + n : long.MaxValue;
        return Slice(x, place, start, end, 1, count ?? x.Shape[place] - start);
    }

    /// <summary>A range with a step, as Python counts it; the length of the outcome is the caller's.</summary>
    public GraphValue Slice(GraphValue x, int axis, long start, long end, long step, int? length)
    {
        if (Source(x) is { } source) return Transpose(Slice(source.Value, source.Order[axis], start, end, step, length), source.Order);
        return Emit("Slice", [x, Whole(start), Whole(end), Whole((long)axis), Whole(step)], x.Shape.With(axis, length), x.Type);
    }

    /// <summary>An entry of an axis, which disappears.</summary>
    public GraphValue Select(GraphValue x, int axis, int index) => Squeeze(Narrow(x, axis, index, 1), Axes.Resolve(axis, x.Rank));

    /// <summary>An axis turned around; twice is as before.</summary>
    public GraphValue Flip(GraphValue x, int axis)
    {
        var place = Axes.Resolve(axis, x.Rank);
        if (Source(x) is { } source) return Transpose(Flip(source.Value, source.Order[place]), source.Order);
        if (_flipped.TryGetValue(x, out var before) && before.Axis == place) return before.Value;
        var output = Slice(x, place, -1, long.MinValue, -1, x.Shape[place]);
        _flipped[output] = (x, place);
        return output;
    }

    public GraphValue Concatenate(IReadOnlyList<GraphValue> parts, int axis)
    {
        if (parts.Count == 1) return parts[0];
        var place = Axes.Resolve(axis, parts[0].Rank);
        if (Source(parts[0])?.Order is { } order && parts.All(part => Source(part)?.Order.SequenceEqual(order) == true))
            return Transpose(Concatenate([.. parts.Select(Back)], order[place]), order);
        var length = parts.Select(part => part.Shape[place]).Aggregate((a, b) => a + b);
        return Emit("Concat", [.. parts], parts[0].Shape.With(place, length), parts[0].Type, ("axis", (long)place));
    }

    public GraphValue Stack(IReadOnlyList<GraphValue> parts, int axis)
        => Concatenate([.. parts.Select(part => Unsqueeze(part, axis))], axis);

    public IReadOnlyList<GraphValue> Split(GraphValue x, int axis, IReadOnlyList<int?> lengths)
    {
        if (lengths.Any(length => length is null)) return Pieces(x, axis, lengths);
        var place = Axes.Resolve(axis, x.Rank);
        return EmitAll("Split", [x, Whole(lengths.Select(length => length!.Value))],
            [.. lengths.Select(length => (x.Shape.With(place, length), x.Type))], ("axis", (long)place));
    }

    /// <summary>Margins on every axis, filled with a number.</summary>
    public GraphValue Pad(GraphValue x, IReadOnlyList<(int Before, int After)> sides, double value = 0)
    {
        if (sides.All(side => side == (0, 0))) return x;
        if (Source(x) is { } source)
            return Transpose(Pad(source.Value, [.. source.Order.Select((_, axis) => sides[source.Order.ToList().IndexOf(axis)])], value),
                source.Order);
        var pads = Whole(sides.Select(side => side.Before).Concat(sides.Select(side => side.After)));
        var shape = new Shape(x.Shape.Axes.Select((length, axis) => length + sides[axis].Before + sides[axis].After));
        return Emit("Pad", [x, pads, Number(value, x.Type)], shape, x.Type);
    }

    /// <summary>The entries of an axis that numbers name.</summary>
    public GraphValue Gather(GraphValue x, GraphValue indices, int axis)
    {
        var place = Axes.Resolve(axis, x.Rank);
        var shape = new Shape([.. x.Shape.Axes.Take(place), .. indices.Shape.Axes, .. x.Shape.Axes.Skip(place + 1)]);
        return Emit("Gather", [x, indices], shape, x.Type, ("axis", (long)place));
    }

    /// <summary>The lengths of axes as a vector of whole numbers.</summary>
    public GraphValue ShapeVector(IReadOnlyList<Dim> dims)
        => dims.All(dim => dim.Known is not null) ? Whole(dims.Select(dim => dim.Known!.Value))
            : Concatenate([.. dims.Select(Length)], 0);

    /// <summary>The length of one axis as a vector of one number; -1 for what is left.</summary>
    public GraphValue Length(Dim dim) => dim is { Known: null, Of: null } ? Whole(-1L) : dim.Known is { } n ? Whole((long)n)
        : Gather(Emit("Shape", [dim.Of!], new(dim.Of!.Rank), DataType.Int64), Whole((long)dim.Axis), 0);

    private static bool IsKept(GraphValue x, Dim dim, int axis)
        => axis < x.Rank && (dim.Known is { } n ? x.Shape[axis] == n : ReferenceEquals(dim.Of, x) && dim.Axis == axis);

    private List<GraphValue> Pieces(GraphValue x, int axis, IReadOnlyList<int?> lengths)
    {
        var (pieces, start) = (new List<GraphValue>(), 0);
        foreach (var length in lengths)
        {
            pieces.Add(Narrow(x, axis, start, length));
            start += length ?? 0;
        }

        return pieces;
    }
}
