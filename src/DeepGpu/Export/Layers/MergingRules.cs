using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Layers that join several values.</summary>
internal static class MergingRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<Add>((_, context, inputs) => Merged(context.Graph, inputs, values => Sum(context.Graph, values)))
        .With<Subtract>((_, context, inputs) => Merged(context.Graph, inputs, values => context.Graph.Subtract(values[0], values[1])))
        .With<Average>((_, context, inputs) => Merged(context.Graph, inputs,
            values => context.Graph.Divide(Sum(context.Graph, values), values.Count)))
        .With<Multiply>((_, context, inputs) => Product(context.Graph, inputs))
        .With<Maximum>((_, context, inputs) => Extreme(context.Graph, inputs, "Max"))
        .With<Minimum>((_, context, inputs) => Extreme(context.Graph, inputs, "Min"))
        .With<Concatenate>((layer, context, inputs) => Joined(context.Graph, inputs, layer.Axis))
        .With<Dot>((layer, context, inputs) => [new(Summed(layer, context.Graph, inputs[0].Tensor, inputs[1].Tensor))]);

    private static GraphValue Sum(GraphWriter g, IReadOnlyList<GraphValue> values) => values.Aggregate(g.Add);

    private static IReadOnlyList<ExportSignal> Merged(GraphWriter g, IReadOnlyList<ExportSignal> inputs,
        Func<IReadOnlyList<GraphValue>, GraphValue> merge)
        => [new(merge([.. Aligned(g, inputs).Select(input => input.Tensor)]), MaskRules.Either(g, inputs))];

    /// <summary>Values of fewer axes get axes of length 1 after the batch.</summary>
    private static List<ExportSignal> Aligned(GraphWriter g, IReadOnlyList<ExportSignal> inputs)
    {
        var rank = inputs.Max(input => input.Tensor.Rank);
        GraphValue Widened(GraphValue x) => x.Rank == rank ? x : g.Unsqueeze(x, [.. Enumerable.Range(1, rank - x.Rank)]);
        return [.. inputs.Select(input => input with { Tensor = Widened(input.Tensor) })];
    }

    /// <summary>What does not count is 1, so that it changes no product; where nothing counts, 0.</summary>
    private static IReadOnlyList<ExportSignal> Product(GraphWriter g, IReadOnlyList<ExportSignal> inputs)
    {
        var product = Aligned(g, inputs).Select(input => input.Mask is { } own
            ? g.Where(g.Unsqueeze(own, -1), input.Tensor, 1) : input.Tensor).Aggregate(g.Multiply);
        var mask = MaskRules.Either(g, inputs);
        return [new(mask is null ? product : g.Multiply(product, g.Cast(g.Unsqueeze(mask, -1), DataType.Float32)), mask)];
    }

    private static IReadOnlyList<ExportSignal> Extreme(GraphWriter g, IReadOnlyList<ExportSignal> inputs, string op)
    {
        var merged = Aligned(g, inputs).Aggregate((left, right) =>
        {
            GraphValue Counted(ExportSignal own, GraphValue other) => own.Mask is { } mask
                ? g.Where(g.Unsqueeze(mask, -1), own.Tensor, other) : own.Tensor;
            var y = Counted(right, left.Tensor);
            return new(g.Binary(op, Counted(left, y), y), MaskRules.Either(g, [left, right]));
        });
        return [merged with { Mask = MaskRules.Either(g, inputs) }];
    }

    private static IReadOnlyList<ExportSignal> Joined(GraphWriter g, IReadOnlyList<ExportSignal> inputs, int axis)
    {
        var joined = g.Concatenate([.. inputs.Select(input => input.Tensor)], axis);
        if (inputs.All(input => input.Mask is null)) return [new(joined)];
        var masks = g.Concatenate([.. inputs.Select(input => MaskOf(g, input))], axis);
        return [new(joined, g.Any(masks, [-1]))];
    }

    /// <summary>The mask of each element; all count where there is none.</summary>
    private static GraphValue MaskOf(GraphWriter g, ExportSignal input)
        => g.Expand(input.Mask is { } mask ? g.Unsqueeze(mask, -1)
            : g.Reshape(g.Number(1, DataType.Bool), [.. Enumerable.Repeat((Dim)1, input.Tensor.Rank)]), Dim.AllOf(input.Tensor));

    private static GraphValue Summed(Dot layer, GraphWriter g, GraphValue first, GraphValue second)
    {
        var (a, b) = layer.SummedAxes(first.Rank, second.Rank);
        if (layer.Normalize) (first, second) = (NormalizationRules.Unit(g, first, [a]), NormalizationRules.Unit(g, second, [b]));
        if (first.Rank == 2 && second.Rank == 2) return g.Sum(g.Multiply(first, second), [1]);
        const string Letters = "abcdefghijklmnopqrstuvwxyz";
        var left = Letters[..first.Rank].ToCharArray();
        var right = Letters.Substring(first.Rank, second.Rank).ToCharArray();
        (right[0], right[b]) = (left[0], left[a]);
        var output = string.Concat(left.Where((_, axis) => axis != a)) + string.Concat(right.Skip(1).Where(letter => letter != left[a]));
        return g.Einsum($"{new string(left)},{new string(right)}->{output}", [first, second], layer.OutputShapes([first.Shape,
            second.Shape])[0]);
    }
}
