using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>Operators that take each element by itself, and reductions.</summary>
internal static class ElementwiseShapes
{
    /// <summary>An output like the first input; other outputs are open.</summary>
    public static GraphTensor[] Same(OperatorCall call) => call.One(call.Dims(0));

    /// <summary>A function of one number.</summary>
    public static Func<OperatorCall, GraphTensor[]> Map(Func<double, double> function, int? type = null)
        => call => call.One(call.Dims(0), type, Folding.Each(call.Dims(0), [call[0]], numbers => function(numbers[0])));

    /// <summary>A function of two numbers or more.</summary>
    public static Func<OperatorCall, GraphTensor[]> Pairs(Func<double, double, double> function, int? type = null) => call =>
    {
        var dims = Dims.Broadcast(call, call.Inputs.Select((_, i) => call.Dims(i)));
        return call.One(dims, type, Folding.Each(dims, call.Inputs, numbers => numbers.Skip(1).Aggregate(numbers[0], function)));
    };

    /// <summary>Quotients: of whole numbers whole ones.</summary>
    public static GraphTensor[] Quotient(OperatorCall call)
        => Pairs((a, b) => TensorTypes.IsReal(call.Type) ? a / b : b == 0 ? 0 : Math.Truncate(a / b))(call);

    /// <summary>Remainders, with the sign of the divisor or, where asked, of the dividend.</summary>
    public static GraphTensor[] Remainder(OperatorCall call)
        => Pairs((a, b) => b == 0 ? 0 : call.Node.Int("fmod", 0) != 0 ? Math.IEEERemainder(a, b) : a - b * Math.Floor(a / b))(call);

    public static GraphTensor[] Where(OperatorCall call)
    {
        var dims = Dims.Broadcast(call, call.Dims(0), call.Dims(1), call.Dims(2));
        var data = Folding.Each(dims, call.Inputs, numbers => numbers[0] != 0 ? numbers[1] : numbers[2]);
        return call.One(dims, call[1].Type, data);
    }

    public static GraphTensor[] Cast(OperatorCall call)
    {
        var type = (int)Math.Clamp(call.Node.Int("to", call.Optional(1)?.Type ?? 0), 0, int.MaxValue);
        double Convert(double number) => type == TensorTypes.Bool ? number != 0 ? 1 : 0
            : TensorTypes.IsReal(type) ? number : Math.Truncate(number);
        return call.One(call.Dims(0), type, Folding.Each(call.Dims(0), [call[0]], numbers => Convert(numbers[0])));
    }

    /// <summary>The input kept within two bounds.</summary>
    public static GraphTensor[] Clip(OperatorCall call)
    {
        var low = call.Optional(1) is { } min ? min.Data?[0] : call.Node.Number("min", double.NegativeInfinity);
        var high = call.Optional(2) is { } max ? max.Data?[0] : call.Node.Number("max", double.PositiveInfinity);
        return call.One(call.Dims(0), data: low is null || high is null ? null
            : Folding.Each(call.Dims(0), [call[0]], numbers => Math.Min(Math.Max(numbers[0], low.Value), high.Value)));
    }

    /// <summary>A sum, mean, largest and so on along axes; the function takes the numbers of one place.</summary>
    public static Func<OperatorCall, GraphTensor[]> Reduced(Func<IReadOnlyList<double>, double>? function = null) => call =>
    {
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        var axes = call.Numbers("axes", 1, out var isKnown);
        if (!isKnown) return call.Open(call.Type);
        if (axes is null or [] && call.Node.Int("noop_with_empty_axes", 0) != 0) return call.One(dims, data: call[0].Data);
        var over = (axes is null or [] ? Enumerable.Range(0, dims.Length) : axes.Select(axis => call.Axis(axis, dims.Length))).ToHashSet();
        return Reduced(call, over, call.Node.Int("keepdims", 1) != 0, call.Type, function);
    };

    /// <summary>The place of the largest or least along an axis.</summary>
    public static GraphTensor[] Place(OperatorCall call) => call.Dims(0) is { } dims
        ? Reduced(call, [call.Axis(call.Node.Int("axis", 0), dims.Length)], call.Node.Int("keepdims", 1) != 0, TensorTypes.Int64, null)
        : call.Open(TensorTypes.Int64);

    private static GraphTensor[] Reduced(OperatorCall call, HashSet<int> over, bool keeps, int type, Func<IReadOnlyList<double>,
        double>? function)
    {
        var dims = call.Dims(0)!;
        long[] kept = [.. dims.Select((length, axis) => over.Contains(axis) ? 1 : length)];
        long[] result = keeps ? kept : [.. dims.Where((_, axis) => !over.Contains(axis))];
        if (function is null || call[0].Data is not { } data || Folding.Count(kept) is not { } count) return call.One(result, type);
        var groups = new List<double>[count];
        for (var i = 0; i < count; i++) groups[i] = [];
        for (var i = 0; i < data.Length; i++)
        {
            var places = Folding.Places(i, dims);
            foreach (var axis in over) places[axis] = 0;
            groups[Folding.Flat(places, kept)].Add(data[i]);
        }

        return call.One(result, type, [.. groups.Select(function)]);
    }
}
