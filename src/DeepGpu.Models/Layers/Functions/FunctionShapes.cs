namespace DeepGpu.Models.Layers;

/// <summary>The shapes of what functions yield that reduce, join and repeat. The batch is axis 0, as in keras.ops.</summary>
internal static partial class FunctionShapes
{
    /// <summary>More parts than any graph has; a description cannot ask for a number that fills memory.</summary>
    private const int MostParts = 4096;

    public static IReadOnlyList<Shape> Same(FunctionCall call) => [call.Operand("x")];

    public static IReadOnlyList<Shape> Reduced(FunctionCall call)
    {
        var input = call.Operand("x");
        var axes = call.Axes("axis", input.Rank);
        var keeps = call.Function.Flag("keepdims");
        return [new(input.Axes.Select((length, axis) => (length, IsReduced: axes.Contains(axis))).Where(a => keeps || !a.IsReduced)
            .Select(a => a.IsReduced ? 1 : a.length))];
    }

    public static IReadOnlyList<Shape> Joined(FunctionCall call)
    {
        var shapes = call.Operands("xs");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? -1, shapes[0].Rank);
        if (shapes.Any(shape => shape.Rank != shapes[0].Rank || !shape.With(axis, null).Fits(shapes[0].With(axis, null))))
            throw new ShapeException($"inputs that are equal on every axis but {axis}", "Make the other lengths equal.");
        return [shapes[0].With(axis, shapes.Select(shape => shape[axis]).Aggregate((a, b) => a + b))];
    }

    public static IReadOnlyList<Shape> Stacked(FunctionCall call)
    {
        var shapes = call.Operands("x");
        if (shapes.Any(shape => !shape.Fits(shapes[0]))) throw new ShapeException("inputs of one shape", "Make the lengths equal.");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? 0, shapes[0].Rank + 1);
        return [new(shapes[0].Axes.Insert(axis, shapes.Count))];
    }

    public static IReadOnlyList<Shape> Split(FunctionCall call)
    {
        var input = call.Operand("x");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? 0, input.Rank);
        return [.. Parts(call.Function, input[axis]).Select(part => input.With(axis, part))];
    }

    /// <summary>How many parts a split yields.</summary>
    public static int SplitCount(TensorFunction function) => function.Argument("indices_or_sections") switch
    {
        NumberArgument number => Count(number),
        ListArgument list => list.Items.Length + 1,
        ArrayArgument array => array.Values.Numbers.Length + 1,
        _ => 1,
    };

    public static IReadOnlyList<Shape> Unstacked(FunctionCall call)
    {
        var input = call.Operand("x");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? 0, input.Rank);
        var count = UnstackCount(call.Function);
        if (Shape.Differ(input[axis], count)) throw new ShapeException($"length {count} on axis {axis}", "Correct 'num'.");
        return [.. Enumerable.Repeat(new Shape(input.Axes.RemoveAt(axis)), count)];
    }

    /// <summary>How many values an unstacking yields.</summary>
    public static int UnstackCount(TensorFunction function) => function.Argument("num") is NumberArgument number ? Count(number) : 1;

    public static IReadOnlyList<Shape> TopK(FunctionCall call)
    {
        var chosen = call.Operand("x").With(^1, call.Function.Integer("k") ?? 1);
        return [chosen, chosen];
    }

    public static IReadOnlyList<Shape> Repeated(FunctionCall call)
    {
        var input = call.Operand("x");
        var repeats = call.Function.Integers("repeats") ?? [1];
        if (call.Function.Integer("axis")
            is not { } given) return [new(input.Elements is { } n ? checked((int)(n * repeats[0])) : (int?)null)];
        var axis = Axes.Resolve(given, input.Rank);
        return [input.With(axis, repeats.Length == 1 ? checked(input[axis] * repeats[0]) : repeats.Sum())];
    }

    public static IReadOnlyList<Shape> Tiled(FunctionCall call)
    {
        var (input, repeats) = (call.Operand("x"), call.Function.Integers("repeats") ?? [1]);
        var rank = Math.Max(input.Rank, repeats.Length);
        return [new(Enumerable.Range(0, rank).Select(axis => checked(At(input.Axes, axis, rank) * At(repeats, axis, rank))))];
    }

    public static IReadOnlyList<Shape> Padded(FunctionCall call)
    {
        var input = call.Operand("x");
        var sides = PadWidths(call.Function, input.Rank);
        return [new(input.Axes.Select((length, axis) => checked(length + sides[axis].Before + sides[axis].After)))];
    }

    /// <summary>What is added before and after each axis.</summary>
    public static (int Before, int After)[] PadWidths(TensorFunction function, int rank)
    {
        var numbers = Flat(function.Argument("pad_width")).ToList();
        if (numbers.Count == 1) numbers = [numbers[0], numbers[0]];
        if (numbers.Count == 2) numbers = [.. Enumerable.Repeat(numbers, rank).SelectMany(pair => pair)];
        if (numbers.Count != 2 * rank || numbers.Any(n => n < 0)) throw function.Wrong("pad_width",
            $"{rank} pairs of widths, none negative,");
        return [.. Enumerable.Range(0, rank).Select(axis => (numbers[2 * axis], numbers[2 * axis + 1]))];
    }

    public static IReadOnlyList<Shape> Taken(FunctionCall call)
    {
        var (input, indices) = (call.Operand("x"), call.Operand("indices"));
        if (call.Function.Integer("axis") is not { } given) return [indices];
        var axis = Axes.Resolve(given, input.Rank);
        return [new([.. input.Axes.Take(axis), .. indices.Axes, .. input.Axes.Skip(axis + 1)])];
    }

    public static IReadOnlyList<Shape> Halved(FunctionCall call)
    {
        var input = call.Operand("x");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? -1, input.Rank);
        return [input[axis] % 2 is null or 0 ? input.With(axis, input[axis] / 2)
            : throw new ShapeException("an even axis for Glu", "Give it an even length.")];
    }

    public static IReadOnlyList<Shape> OneHot(FunctionCall call)
    {
        var input = call.Operand("x");
        var axis = Axes.Resolve(call.Function.Integer("axis") ?? -1, input.Rank + 1);
        return [new(input.Axes.Insert(axis, call.Function.Integer("num_classes")
            ?? throw call.Function.Wrong("num_classes", "a whole number")))];
    }

    /// <summary>The lengths a split leaves of an axis.</summary>
    private static IEnumerable<int?> Parts(TensorFunction function, int? length)
    {
        if (function.Argument("indices_or_sections") is NumberArgument)
        {
            var sections = SplitCount(function);
            return length % sections is null or 0 ? Enumerable.Repeat(length / sections, sections)
                : throw new ShapeException($"an axis that splits into {sections} equal parts", "Change the number of parts.");
        }

        int[] places = [0, .. function.Integers("indices_or_sections") ?? []];
        return places.Select((place, i) => i + 1 < places.Length ? places[i + 1] - place : length - place);
    }

    private static int Count(NumberArgument number) => (int)Math.Clamp(number.Value, 1, MostParts);

    private static IEnumerable<int> Flat(FunctionArgument? argument) => argument switch
    {
        NumberArgument number => [(int)number.Value],
        ListArgument list => list.Items.SelectMany(Flat),
        ArrayArgument array => array.Values.Numbers.Select(number => (int)number),
        _ => [],
    };

    private static int? At(IReadOnlyList<int?> shape, int axis, int rank) => axis >= rank - shape.Count
        ? shape[axis - (rank - shape.Count)] : 1;

    private static int At(int[] repeats, int axis, int rank) => axis >= rank - repeats.Length ? repeats[axis - (rank - repeats.Length)] : 1;
}
