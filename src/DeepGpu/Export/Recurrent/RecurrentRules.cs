using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Recurrent layers: a node of ONNX's where it has the cell's functions, else a Scan of the cell's steps.</summary>
internal static class RecurrentRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<SequenceLayer>(Run)
        .With<RecurrentCell>(Step);

    public static IReadOnlyList<ExportSignal> Run(SequenceLayer layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        if (layer.Stateful) throw new ExportRefusal("is stateful, and a graph of ONNX keeps nothing between calls");
        var cell = context.Inner("cell");
        List<GraphValue> given = [.. inputs.Skip(1).Select(input => input.Tensor)];
        var (output, states) = RecurrentNode.Of(layer.StepCell) is { } node
            ? OfNode(layer, node, cell, inputs[0], given)
            : ScanRule.Run(layer, cell, Turned(layer, context.Graph, inputs[0]), given);
        var first = new ExportSignal(output, layer.ReturnSequences ? inputs[0].Mask : null);
        return layer.ReturnState ? [first, .. states.Select(state => new ExportSignal(state))] : [first];
    }

    private static IReadOnlyList<ExportSignal> Step(RecurrentCell cell, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var rule = CellRule.Of(cell, context);
        var projected = rule.Project(context.Graph, inputs[0].Tensor);
        var (output, states) = rule.Step(context.Graph, projected, [.. inputs.Skip(1).Select(input => input.Tensor)]);
        return [new(output), .. states.Select(state => new ExportSignal(state))];
    }

    private static ExportSignal Turned(SequenceLayer layer, GraphWriter g, ExportSignal input)
        => layer.GoBackwards ? new(g.Flip(input.Tensor, 1), input.Mask is { } mask ? g.Flip(mask, 1) : null) : input;

    private static (GraphValue Output, IReadOnlyList<GraphValue> States) OfNode(SequenceLayer layer, RecurrentNode node, ExportContext cell,
        ExportSignal input, List<GraphValue> given)
    {
        if (input.Mask is not null) return OfCountedSteps(layer, node, cell, Turned(layer, cell.Graph, input), given);
        var (outputs, states) = node.Add(cell, input.Tensor, null, given, layer.GoBackwards);
        var inOrder = layer.ReturnSequences && layer.GoBackwards ? cell.Graph.Flip(outputs, 1) : outputs;
        return (layer.ReturnSequences ? inOrder : states[0], states);
    }

    /// <summary>With a mask: the node runs over the steps that count.</summary>
    private static (GraphValue Output, IReadOnlyList<GraphValue> States) OfCountedSteps(SequenceLayer layer, RecurrentNode node,
        ExportContext cell, ExportSignal input, List<GraphValue> given)
    {
        var (g, steps) = (cell.Graph, new CountedSteps(cell.Graph, input.Mask!));
        var (outputs, ends) = node.Add(cell, steps.Gather(input.Tensor), steps.Lengths, given, isBackwards: false);
        List<GraphValue> states = [.. ends.Select((end, i) => g.Where(steps.HasAny, end, given.ElementAtOrDefault(i) ?? g.Number(0)))];
        if (!layer.ReturnSequences) return (layer.ZeroOutputForMask ? g.Multiply(states[0], steps.Last) : states[0], states);
        var spread = steps.Spread(outputs, given.FirstOrDefault());
        return (layer.ZeroOutputForMask ? g.Multiply(spread, g.Cast(g.Unsqueeze(input.Mask!, -1), DataType.Float32)) : spread, states);
    }
}
