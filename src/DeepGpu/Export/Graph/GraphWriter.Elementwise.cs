using DeepGpu.Models.Shapes;
using DeepGpu.Onnx.Files;

namespace DeepGpu.Export;

/// <content>Functions of single elements.</content>
internal sealed partial class GraphWriter
{
    public GraphValue Unary(string op, GraphValue x, params IReadOnlyList<(string Name, object Value)> attributes)
        => Unary(op, x, x.Type, attributes);

    public GraphValue Unary(string op, GraphValue x, DataType type, params IReadOnlyList<(string Name, object Value)> attributes)
        => Source(x) is { } source
            ? Transpose(Unary(op, source.Value, type, attributes), source.Order)
            : Emit(op, [x], x.Shape, type, attributes);

    public GraphValue Binary(string op, GraphValue a, GraphValue b, DataType? type = null)
    {
        if (CommonOrder(a, b) is { } order) return Transpose(Binary(op, Back(a), Back(b), type), order);
        return Emit(op, [a, b], Broadcasting.OfOperands([a.Shape, b.Shape]), type ?? a.Type);
    }

    public GraphValue Add(GraphValue a, GraphValue b) => Binary("Add", a, b);

    public GraphValue Add(GraphValue a, double number) => number == 0 ? a : Add(a, Number(number, a.Type));

    public GraphValue Subtract(GraphValue a, GraphValue b) => Binary("Sub", a, b);

    public GraphValue Subtract(GraphValue a, double number) => Subtract(a, Number(number, a.Type));

    public GraphValue Multiply(GraphValue a, GraphValue b) => Binary("Mul", a, b);

    public GraphValue Multiply(GraphValue a, double number) => number == 1 ? a : Multiply(a, Number(number, a.Type));

    public GraphValue Divide(GraphValue a, GraphValue b) => Binary("Div", a, b);

    public GraphValue Divide(GraphValue a, double number) => Divide(a, Number(number, a.Type));

    /// <summary>A number less a value.</summary>
    public GraphValue From(double number, GraphValue x) => Subtract(Number(number, x.Type), x);

    public GraphValue Square(GraphValue x) => Multiply(x, x);

    public GraphValue Compare(string op, GraphValue a, GraphValue b) => Binary(op, a, b, DataType.Bool);

    public GraphValue Compare(string op, GraphValue a, double number) => Compare(op, a, Number(number, a.Type));

    public GraphValue And(GraphValue a, GraphValue b) => Binary("And", a, b);

    public GraphValue Or(GraphValue a, GraphValue b) => Binary("Or", a, b);

    public GraphValue Not(GraphValue x) => Unary("Not", x);

    /// <summary>Limits; one that is null is none.</summary>
    public GraphValue Clip(GraphValue x, double? low, double? high)
    {
        if (Source(x) is { } source) return Transpose(Clip(source.Value, low, high), source.Order);
        return Emit("Clip", [x, low is { } l ? Number(l, x.Type) : null, high is { } h ? Number(h, x.Type) : null], x.Shape, x.Type);
    }

    public GraphValue Cast(GraphValue x, DataType type)
        => x.Type == type ? x : Unary("Cast", x, type, ("to", (long)TensorTypes.NumberOf(type)));

    public GraphValue Where(GraphValue condition, GraphValue x, GraphValue y)
    {
        if (CommonOrder(condition, x) is { } order && CommonOrder(x, y) is { } same && order.SequenceEqual(same))
            return Transpose(Where(Back(condition), Back(x), Back(y)), order);
        return Emit("Where", [condition, x, y], Broadcasting.OfOperands([condition.Shape, x.Shape, y.Shape]), x.Type);
    }

    public GraphValue Where(GraphValue condition, GraphValue x, double otherwise) => Where(condition, x, Number(otherwise, x.Type));

    /// <summary>The order in which both are transposed of what they come from; numbers without axes go along.</summary>
    private int[]? CommonOrder(GraphValue a, GraphValue b)
    {
        var (first, second) = (Source(a)?.Order, Source(b)?.Order);
        if (first is not null && second is not null) return first.SequenceEqual(second) ? first : null;
        return a.Rank == 0 ? second : b.Rank == 0 ? first : null;
    }

    private GraphValue Back(GraphValue x) => Source(x)?.Value ?? x;
}
