using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>A recurrent layer as a Scan over its cell's steps.</summary>
internal static class ScanRule
{
    public static (GraphValue Output, IReadOnlyList<GraphValue> States) Run(SequenceLayer layer, ExportContext context, ExportSignal input,
        List<GraphValue> given)
    {
        var (g, cell) = (context.Graph, CellRule.Of(layer.StepCell, context));
        var projected = cell.ProjectAll(g, input.Tensor);
        IReadOnlyList<GraphValue> start = given.Count > 0 ? [.. given.Select(state => cell.Inward(g, state))] : cell.ZeroStates(g,
            projected);
        var (ends, outputs) = input.Mask is { } mask
            ? Masked(g, cell, start, projected, g.Move(mask, 1, 0), layer.ZeroOutputForMask)
            : g.Scan(start, [projected], (inner, states, entries) =>
            {
                var (output, next) = cell.Step(inner, entries[0], states);
                return (next, [output]);
            });
        var last = input.Mask is null ? ends[cell.OutputState] : ends[^1];
        var output = layer.ReturnSequences ? g.Move(outputs[0], 1, 0) : last;
        return (cell.Outward(g, output), [.. ends.Take(cell.StateCount).Select(state => cell.Outward(g, state))]);
    }

    /// <summary>Steps that do not count leave the states as they are, and yield what the step before did, or 0. The output is carried
    /// along as one more state.</summary>
    private static (IReadOnlyList<GraphValue> States, IReadOnlyList<GraphValue> Outputs) Masked(GraphWriter g, CellRule cell,
        IReadOnlyList<GraphValue> start, GraphValue projected, GraphValue mask, bool isZero)
        => g.Scan([.. start, start[cell.OutputState]], [projected, mask], (inner, states, entries) =>
        {
            var before = states.Take(cell.StateCount).ToList();
            var (output, next) = cell.Step(inner, entries[0], before);
            GraphValue Counted(GraphValue now, GraphValue otherwise)
                => inner.Where(MaskRules.Wide(inner, entries[1], now.Rank), now, otherwise);
            var yielded = Counted(output, isZero ? inner.Number(0) : states[^1]);
            return ([.. next.Zip(before, Counted), yielded], [yielded]);
        });
}
