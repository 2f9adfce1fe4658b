using DeepGpu.Models.Shapes;

namespace DeepGpu.Models.Layers;

/// <summary>A function with the shapes of its inputs.</summary>
/// <param name="Function">The function and its arguments.</param>
/// <param name="Inputs">The inputs' shapes, the batch first.</param>
internal sealed record FunctionCall(TensorFunction Function, IReadOnlyList<Shape> Inputs)
{
    private static readonly Shape Scalar = new(Array.Empty<int?>());

    /// <summary>The shape of an operand that must be there.</summary>
    public Shape Operand(string name) => Of(Function.Operand(name)) ?? throw Function.Wrong(name, "a tensor");

    /// <summary>The shapes of the two operands of a product.</summary>
    public (Shape A, Shape B) Pair => (Operand("x1"), Operand("x2"));

    /// <summary>The shapes of a list of tensors: of every input where none is given.</summary>
    public List<Shape> Operands(string name) => Function.Argument(name) switch
    {
        ListArgument list => [.. list.Items.Select(item => Of(item) ?? throw Function.Wrong(name, "tensors"))],
        null => [.. Inputs],
        var one => [Of(one) ?? throw Function.Wrong(name, "tensors")],
    };

    /// <summary>The common shape of operands: axes align at the end, as NumPy aligns them.</summary>
    public Shape Broadcast(params IEnumerable<string> names) => Broadcasting.OfOperands(names.Select(Operand));

    /// <summary>The option's axes counted from 0, every axis where it is left out.</summary>
    public List<int> Axes(string name, int rank)
        => [.. (Function.Integers(name) ?? Enumerable.Range(0, rank)).Select(axis => Models.Axes.Resolve(axis, rank))];

    private Shape? Of(FunctionArgument? argument) => argument switch
    {
        InputArgument input when input.Index < Inputs.Count => Inputs[input.Index],
        InputArgument input => throw new ShapeException($"{input.Index + 1} inputs or more", "Apply it to as many values as it names."),
        NumberArgument or FlagArgument => Scalar,
        ArrayArgument array => new(array.Values.Shape.Select(length => (int?)length)),
        ListArgument list => OfNumbers(list),
        _ => null,
    };

    /// <summary>Numbers in lists, as Keras 2 writes an array.</summary>
    private static Shape? OfNumbers(ListArgument list) => FunctionNumbers.Array(list) is { } array
        ? new(array.Shape.Select(length => (int?)length)) : null;
}

/// <summary>Arrays of numbers among the arguments.</summary>
internal static class FunctionNumbers
{
    /// <summary>Nested lists of numbers as an array; null where they hold anything else, or lists of other lengths.</summary>
    public static ConstantValue? Array(ListArgument list)
    {
        List<double> numbers = [];
        var shape = Shape(list);
        return shape.Count > 0 && shape.All(length => length > 0) && Collect(list, shape, 0, numbers) ? new([.. numbers], [.. shape])
            : null;
    }

    private static List<int> Shape(FunctionArgument argument)
        => argument is ListArgument { Items: var items } ? [items.Length, .. items.IsEmpty ? [] : Shape(items[0])] : [];

    private static bool Collect(FunctionArgument argument, List<int> shape, int depth, List<double> numbers)
    {
        if (depth < shape.Count)
            return argument is ListArgument { Items: var items } && items.Length == shape[depth]
                && items.All(item => Collect(item, shape, depth + 1, numbers));
        if (argument is not NumberArgument number) return false;
        numbers.Add(number.Value);
        return true;
    }
}
