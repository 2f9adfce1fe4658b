using System.Collections.Immutable;

namespace DeepGpu.Models.Onnx;

/// <summary>Numbers with a shape, row-major.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="Dims">The lengths of the axes.</param>
internal sealed record NumberArray(float[] Numbers, int[] Dims)
{
    /// <summary>With its axes in another order.</summary>
    public NumberArray Permuted(params int[] order)
    {
        if (order.SequenceEqual(Enumerable.Range(0, order.Length))) return this;
        int[] dims = [.. order.Select(axis => Dims[axis])];
        var (numbers, steps, places) = (new float[Numbers.Length], Steps(), new int[order.Length]);
        for (var i = 0; i < numbers.Length; i++)
        {
            var from = 0;
            for (var axis = 0; axis < order.Length; axis++) from += places[axis] * steps[order[axis]];
            numbers[i] = Numbers[from];
            for (var axis = order.Length - 1; axis >= 0 && ++places[axis] == dims[axis]; axis--) places[axis] = 0;
        }

        return new(numbers, dims);
    }

    /// <summary>The same numbers in another shape.</summary>
    public NumberArray Reshaped(params int[] dims) => new(Numbers, dims);

    /// <summary>A part of the first axis.</summary>
    public NumberArray Part(int start, int count)
    {
        var row = Numbers.Length / Math.Max(1, Dims[0]);
        return new(Numbers[(start * row)..((start + count) * row)], [count, .. Dims[1..]]);
    }

    /// <summary>Each number through a function.</summary>
    public NumberArray Map(Func<float, float> function) => new([.. Numbers.Select(function)], Dims);

    /// <summary>The sum with another of the same shape.</summary>
    public NumberArray Plus(NumberArray other) => new([.. Numbers.Zip(other.Numbers, (a, b) => a + b)], Dims);

    /// <summary>As a weight.</summary>
    public NDArray ToArray() => NDArray.From<float>(Numbers, Dims);

    /// <summary>As a constant of a description.</summary>
    public ConstantValue ToConstant() => new([.. Numbers.Select(number => (double)number)], Dims.ToImmutableArray());

    private int[] Steps()
    {
        var steps = new int[Dims.Length];
        for (var (axis, step) = (Dims.Length - 1, 1); axis >= 0; axis--) (steps[axis], step) = (step, step * Dims[axis]);
        return steps;
    }
}

/// <summary>The numbers of constants, those that nodes make of others by moving them too.</summary>
/// <param name="program">The graph.</param>
internal sealed class ConstantNumbers(OnnxProgram program)
{
    private readonly Dictionary<string, GraphNode> _makers = program.Graph.Nodes
        .SelectMany(node => node.Outputs.Take(1).Where(output => output.Length > 0).Select(output => (output, node)))
        .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);

    /// <summary>The shape of a constant; null where the value is none, or one whose numbers are not followed.</summary>
    public int[]? Dims(string name) => IsMade(name, depth: 0)
        ? [.. program.Described[name].Dims!.Select(length => checked((int)length))] : null;

    /// <summary>The numbers of a constant that has a shape.</summary>
    public NumberArray Of(string name)
    {
        int[] dims = [.. program.Described[name].Dims!.Select(length => checked((int)length))];
        if (program.Graph.Constants.TryGetValue(name, out var constant)) return new(constant.Tensor.ToFloats(), dims);
        if (program.Described[name].Data is { } data) return new([.. data.Select(number => (float)number)], dims);
        var maker = _makers[name];
        var from = Of(maker.Inputs[0]);
        return maker.Operator == "Transpose"
            ? from.Permuted(ViewShapes.Order(GraphShapes.Call(maker, program.Described), from.Dims.Length)) : from.Reshaped(dims);
    }

    private bool IsMade(string name, int depth)
    {
        if (program.Described[name] is not { IsConstant: true, Dims: not null } value || depth > 16) return false;
        return program.Graph.Constants.ContainsKey(name) || value.Data is not null
            || (_makers[name] is
            {
                Operator: "Transpose" or "Identity"
            or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Cast", Domain: ""
            } maker && IsMade(maker.Inputs[0], depth + 1));
    }
}
