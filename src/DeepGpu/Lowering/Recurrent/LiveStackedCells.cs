using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Several live cells as one; the first one's projection is done for all steps at once.</summary>
internal sealed class LiveStackedCells : LiveCell
{
    private readonly LiveCell[] _cells;

    public LiveStackedCells(StackedRNNCells stack, LoweringContext context)
    {
        var step = context.Inputs[0];
        _cells = [.. stack.NamedCells().Select(named =>
        {
            var cell = (LiveCell)context.Inner(named.Cell, $"cells/{named.Name}", [step]);
            step = named.Cell.StepOutput(step);
            return cell;
        })];
    }

    public override int StateCount => _cells.Sum(cell => cell.StateCount);

    public override int OutputState => StateCount - _cells[^1].StateCount + _cells[^1].OutputState;

    public override CellPass Begin(ForwardContext context)
        => new StackedPass([.. _cells.Select(cell => (cell.Begin(context), cell.StateCount))], context);

    public override IReadOnlyList<torch.Tensor> ZeroStates(torch.Tensor projected)
        => [.. _cells.SelectMany(cell => cell.ZeroStates(projected))];

    private sealed class StackedPass((CellPass Pass, int StateCount)[] cells, ForwardContext context) : CellPass(0, 0, context)
    {
        protected override torch.Tensor ProjectKept(torch.Tensor sequence) => cells[0].Pass.Project(sequence);

        protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) StepKept(torch.Tensor projected,
            IReadOnlyList<torch.Tensor> states)
        {
            var (output, next) = (projected, new List<torch.Tensor>());
            foreach (var (pass, count) in cells)
            {
                var input = next.Count == 0 ? output : pass.Project(output.unsqueeze(1)).squeeze(1);
                (output, var after) = pass.Step(input, [.. states.Skip(next.Count).Take(count)]);
                next.AddRange(after);
            }

            return (output, next);
        }
    }
}
