using DeepGpu.Models.Shapes;

namespace DeepGpu.Models.Layers;

/// <summary>The shapes of sums of products, and how many products they are.</summary>
internal static class FunctionProducts
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public static IReadOnlyList<Shape> Matmul(FunctionCall call)
    {
        var (a, b) = call.Pair;
        if (a.Rank == 0 || b.Rank == 0) throw new ShapeException("inputs of one axis or more", "Multiply by a number with Multiply.");
        CheckSummed(a[^1], b[b.Rank == 1 ? ^1 : ^2]);
        var batch = Broadcasting.OfOperands([new(a.Axes.Take(Math.Max(0, a.Rank - 2))), new(b.Axes.Take(Math.Max(0, b.Rank - 2)))]);
        return [new([.. batch.Axes, .. a.Rank > 1 ? [a[^2]] : Array.Empty<int?>(), .. b.Rank > 1 ? [b[^1]] : Array.Empty<int?>()])];
    }

    public static IReadOnlyList<Shape> Dot(FunctionCall call)
    {
        var (a, b) = call.Pair;
        if (a.Rank == 0 || b.Rank == 0) return [Broadcasting.OfOperands([a, b])];
        var summed = b.Rank == 1 ? 0 : b.Rank - 2;
        CheckSummed(a[^1], b[summed]);
        return [new([.. a.Axes.Take(a.Rank - 1), .. b.Axes.RemoveAt(summed)])];
    }

    public static IReadOnlyList<Shape> Tensordot(FunctionCall call)
    {
        var (a, b) = call.Pair;
        var (left, right) = SummedAxes(call.Function, a.Rank, b.Rank);
        foreach (var (first, second) in left.Zip(right)) CheckSummed(a[first], b[second]);
        return [new([.. a.Axes.Where((_, axis) => !left.Contains(axis)), .. b.Axes.Where((_, axis) => !right.Contains(axis))])];
    }

    /// <summary>The axes of both operands that Tensordot sums over.</summary>
    public static (int[] Left, int[] Right) SummedAxes(TensorFunction function, int leftRank, int rightRank)
    {
        var (left, right) = function.Argument("axes") switch
        {
            null => Last(2, leftRank),
            NumberArgument => Last(function.Integer("axes")!.Value, leftRank),
            ListArgument { Items: [var first, var second] } => (Axis(first), Axis(second)),
            _ => throw function.Wrong("axes", "a number or two lists of axes"),
        };
        if (left.Length != right.Length) throw function.Wrong("axes", "equally many axes of both");
        return ([.. left.Select(axis => Axes.Resolve(axis, leftRank))], [.. right.Select(axis => Axes.Resolve(axis, rightRank))]);
    }

    public static IReadOnlyList<Shape> Einsum(FunctionCall call)
    {
        var (inputs, output) = Equation(call.Function, [.. call.Operands("operands").Select(shape => shape.Rank)]);
        var lengths = Lengths(call, inputs);
        return [new(output.Select(letter => lengths.TryGetValue(letter, out var length) ? length
            : throw call.Function.Wrong("subscripts", "an output of letters that its inputs have")))];
    }

    /// <summary>An equation's letters for each input and for the output, "..." written out as digits.</summary>
    public static (string[] Inputs, string Output) Equation(TensorFunction function, int[] ranks)
    {
        var equation = (function.Text("subscripts") ?? "").Replace(" ", "", StringComparison.Ordinal);
        var sides = equation.Split("->");
        var inputs = sides[0].Split(',');
        if (inputs.Length != ranks.Length || sides.Length > 2) throw function.Wrong("subscripts", $"an equation of {ranks.Length} inputs");
        string[] written = [.. inputs.Zip(ranks, (letters, rank) => Written(letters, rank, function))];
        var free = written.Select(letters => letters.Where(char.IsDigit)).MaxBy(digits => digits.Count()) ?? [];
        var output = sides.Length == 2 ? sides[1].Replace("...", string.Concat(free), StringComparison.Ordinal) : Implicit(written, free);
        return (written, output);
    }

    /// <summary>How many products are added up.</summary>
    public static double Count(FunctionCall call)
    {
        var row = call.Function.Row;
        return (row.Shapes(call)[0].Elements ?? 0) * row.Summed(call);
    }

    /// <summary>Products for each element where the first operand's last axis is summed over.</summary>
    public static double SummedOnLast(FunctionCall call)
    {
        var (a, b) = call.Pair;
        return a.Rank == 0 || b.Rank == 0 ? 1 : a[^1] ?? 1;
    }

    /// <summary>Products for each element of a Tensordot.</summary>
    public static double SummedOnAxes(FunctionCall call)
    {
        var (a, b) = call.Pair;
        return a.Rank == 0 || b.Rank == 0 ? 1 : Product(SummedAxes(call.Function, a.Rank, b.Rank).Left.Select(axis => a[axis]));
    }

    /// <summary>The equation of an Einsum that sums pairs of axes of two operands; what is left of the first comes before that of the
    /// second.</summary>
    public static string Subscripts(int leftRank, int rightRank, int[] left, int[] right)
    {
        var first = Letters[..leftRank].ToCharArray();
        var second = Letters.Substring(leftRank, rightRank).ToCharArray();
        for (var i = 0; i < left.Length; i++) second[right[i]] = first[left[i]];
        var output = string.Concat(first.Where((_, axis) => !left.Contains(axis)).Concat(second.Where((_, axis) => !right.Contains(axis))));
        return $"{new string(first)},{new string(second)}->{output}";
    }

    /// <summary>Products for each element of an Einsum: the letters its output lacks.</summary>
    public static double SummedByLetters(FunctionCall call)
    {
        var (inputs, output) = Equation(call.Function, [.. call.Operands("operands").Select(shape => shape.Rank)]);
        return Product(Lengths(call, inputs).Where(letter => !output.Contains(letter.Key)).Select(letter => letter.Value));
    }

    private static double Product(IEnumerable<int?> lengths) => lengths.Aggregate(1.0, (product, length) => product * (length ?? 1));

    private static Dictionary<char, int?> Lengths(FunctionCall call, string[] inputs)
    {
        var lengths = new Dictionary<char, int?>();
        foreach (var (letter, length) in inputs.Zip(call.Operands("operands")).SelectMany(pair => pair.First.Zip(pair.Second.Axes)))
        {
            var known = lengths.GetValueOrDefault(letter);
            if (Shape.Differ(known, length) && known != 1 && length != 1) throw new ShapeException($"equal lengths on the axes '{letter}'",
                "Correct the equation.");
            lengths[letter] = known is null or 1 ? length ?? known : known;
        }

        return lengths;
    }

    private static string Written(string letters, int rank, TensorFunction function)
    {
        var named = letters.Replace("...", "", StringComparison.Ordinal).Length;
        var free = new string([.. Enumerable.Range('0', Math.Clamp(rank - named, 0, 10)).Select(c => (char)c)]);
        var written = letters.Replace("...", free, StringComparison.Ordinal);
        return written.Length == rank && written.All(char.IsAsciiLetterOrDigit) ? written
            : throw function.Wrong("subscripts", "a letter an axis of its inputs");
    }

    private static string Implicit(string[] written, IEnumerable<char> free)
        => string.Concat(free.Concat(written.SelectMany(letters => letters).Where(char.IsLetter).GroupBy(letter => letter)
            .Where(g => g.Count() == 1).Select(g => g.Key).Order()));

    private static (int[] Left, int[] Right) Last(int count, int rank)
        => ([.. Enumerable.Range(Math.Max(0, rank - count), Math.Max(0, count))], [.. Enumerable.Range(0, Math.Max(0, count))]);

    private static int[] Axis(FunctionArgument argument) => argument switch
    {
        NumberArgument number => [(int)number.Value],
        ListArgument list => [.. list.Items.OfType<NumberArgument>().Select(number => (int)number.Value)],
        _ => [],
    };

    private static void CheckSummed(int? a, int? b)
    {
        if (Shape.Differ(a, b)) throw new ShapeException($"equal lengths on the summed axes, not {a} and {b}",
            "Name other axes, or change the inputs.");
    }
}
