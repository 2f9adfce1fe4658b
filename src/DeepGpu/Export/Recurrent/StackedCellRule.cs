using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Cells one over another: each takes the output of the one below.</summary>
internal sealed class StackedCellRule(StackedRNNCells stack, ExportContext context) : CellRule(context)
{
    private readonly CellRule[] _cells = [.. stack.NamedCells().Select(named => Of(named.Cell, context.Inner($"cells/{named.Name}")))];

    public override int StateCount => _cells.Sum(cell => cell.StateCount);

    public override int OutputState => StateCount - _cells[^1].StateCount + _cells[^1].OutputState;

    public override GraphValue Project(GraphWriter g, GraphValue step) => _cells[0].Project(g, step);

    public override IReadOnlyList<GraphValue> ZeroStates(GraphWriter g, GraphValue projected)
        => [.. _cells.SelectMany(cell => cell.ZeroStates(g, projected))];

    public override (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states)
    {
        var (output, next) = (projected, new List<GraphValue>());
        foreach (var cell in _cells)
        {
            var input = next.Count == 0 ? output : cell.Project(g, output);
            (output, var after) = cell.Step(g, input, [.. states.Skip(next.Count).Take(cell.StateCount)]);
            next.AddRange(after);
        }

        return (output, next);
    }
}
