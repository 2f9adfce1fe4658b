using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Operators that multiply and add up.</summary>
internal static class ProductShapes
{
    /// <summary>A product of matrices as NumPy has it.</summary>
    /// <param name="second">Which input the second factor is.</param>
    /// <param name="type">The element type of the result; null for the first factor's.</param>
    public static Func<OperatorCall, GraphTensor[]> Product(int second = 1, int? type = null) => call =>
    {
        if (call.Dims(0) is not { } a || call.Dims(second) is not { } b) return call.Open(type ?? call.Type);
        if (a.Length == 0 || b.Length == 0) throw call.Misfit("factors of one axis or more");
        var (depth, other) = (a[^1], b[b.Length == 1 ? ^1 : ^2]);
        if (depth >= 0 && other >= 0 && depth != other) throw call.Misfit($"equal lengths on the summed axes, not {depth} and {other}");
        var batch = Dims.Broadcast(call, a.Length > 1 ? a[..^2] : [], b.Length > 1 ? b[..^2] : [])!;
        return call.One([.. batch, .. a.Length > 1 ? a[^2..^1] : [], .. b.Length > 1 ? b[^1..] : []], type);
    };

    public static GraphTensor[] Gemm(OperatorCall call)
    {
        if (call.Dims(0) is not { } a || call.Dims(1) is not { } b) return call.Open(call.Type);
        if (a.Length != 2 || b.Length != 2) throw call.Misfit("two matrices");
        var (rows, depth) = call.Node.Int("transA", 0) != 0 ? (a[1], a[0]) : (a[0], a[1]);
        var (other, columns) = call.Node.Int("transB", 0) != 0 ? (b[1], b[0]) : (b[0], b[1]);
        if (depth >= 0 && other >= 0 && depth != other) throw call.Misfit($"equal lengths on the summed axes, not {depth} and {other}");
        return call.One([rows, columns]);
    }

    public static GraphTensor[] Einsum(OperatorCall call)
    {
        if (call.Inputs.Any(input => input?.Dims is null)) return call.Open(call.Type);
        var (letters, output) = Equation(call);
        var lengths = Lengths(call, letters);
        return call.One([.. output.Select(letter => lengths.TryGetValue(letter, out var length) ? length
            : throw call.Misfit("an output of letters that its inputs have"))]);
    }

    /// <summary>How many products an Einsum adds up: the lengths of all its letters.</summary>
    public static double EinsumCount(OperatorCall call)
        => Lengths(call, Equation(call).Inputs).Values.Aggregate(1.0, (product, length) => product * length);

    /// <summary>RNN, GRU and LSTM: every step, the last state and, of an LSTM, the last memory.</summary>
    public static GraphTensor[] Recurrent(OperatorCall call)
    {
        if (call.Dims(0) is not [var first, var second, _] || call.Dims(2)
            is not [var directions, _, var units]) return call.Open(call.Type);
        var isBatchFirst = call.Node.Int("layout", 0) != 0;
        var (steps, batch) = isBatchFirst ? (second, first) : (first, second);
        long[] every = isBatchFirst ? [batch, steps, directions, units] : [steps, directions, batch, units];
        long[] last = isBatchFirst ? [batch, directions, units] : [directions, batch, units];
        return [.. new[] { every, last, last }.Take(call.OutputCount).Select(dims => new GraphTensor(call.Type, dims))];
    }

    /// <summary>Queries (batch, [heads,] length, size) that look at keys, and what they see of the values.</summary>
    public static GraphTensor[] Attention(OperatorCall call)
    {
        if (call.Dims(0) is not { } query || call.Optional(2)?.Dims is not { } value) return call.Open(call.Type);
        if (query.Length == 4) return call.One([.. query[..3], value[^1]]);
        var (heads, valueHeads) = (call.Node.Int("q_num_heads", 1), call.Node.Int("kv_num_heads", 1));
        return call.One([.. query[..^1], Dims.Of(() => value[^1] / valueHeads * heads, value[^1])]);
    }

    /// <summary>Quantised codes with their scale and zero.</summary>
    public static GraphTensor[] DynamicQuantize(OperatorCall call)
        => [new(TensorTypes.UInt8, call.Dims(0)), new(TensorTypes.Float32, []), new(TensorTypes.UInt8, [])];

    /// <summary>The letters of an Einsum for each input and for the output, "..." written out as digits.</summary>
    private static (string[] Inputs, string Output) Equation(OperatorCall call)
    {
        var sides = call.Node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal).Split("->");
        var inputs = sides[0].Split(',');
        if (sides.Length > 2 || inputs.Length != call.Inputs.Count) throw call.Misfit($"an equation of {call.Inputs.Count} inputs");
        string[] written = [.. inputs.Select((letters, i) => Written(call, letters, call.Dims(i)!.Length))];
        var free = string.Concat(written.SelectMany(letters => letters).Where(char.IsDigit).Distinct().Order());
        return (written, sides.Length == 2 ? sides[1].Replace("...", free, StringComparison.Ordinal) : free + Once(written));
    }

    private static string Written(OperatorCall call, string letters, int rank)
    {
        var free = rank - letters.Replace("...", "", StringComparison.Ordinal).Length;
        var digits = string.Concat(Enumerable.Range('9' - Math.Clamp(free, 0, 10) + 1, Math.Clamp(free, 0, 10)).Select(c => (char)c));
        var written = letters.Replace("...", digits, StringComparison.Ordinal);
        return written.Length == rank ? written : throw call.Misfit("a letter for each axis");
    }

    private static string Once(string[] written) => string.Concat(written.SelectMany(letters => letters).Where(char.IsLetter)
        .GroupBy(letter => letter).Where(group => group.Count() == 1).Select(group => group.Key).Order());

    private static Dictionary<char, long> Lengths(OperatorCall call, string[] letters)
    {
        var lengths = new Dictionary<char, long>();
        foreach (var (letter, length) in letters.SelectMany((part, i) => part.Zip(call.Dims(i)!)))
        {
            var known = lengths.GetValueOrDefault(letter, 1);
            if (known > 1 && length > 1 && known != length) throw call.Misfit($"equal lengths for the letter {letter}");
            lengths[letter] = known is 1 or -1 ? length : known;
        }

        return lengths;
    }
}
