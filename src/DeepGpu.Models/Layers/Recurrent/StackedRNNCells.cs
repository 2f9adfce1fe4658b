using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Several cells of which each takes the output of the one before, as one cell.</summary>
/// <remarks>Keras: https://keras.io/api/layers/recurrent_layers/stacked_rnn_cell/</remarks>
public sealed record StackedRNNCells : RecurrentCell
{
    private readonly ValueList<RecurrentCell> _cells;

    /// <summary>Creates a stack.</summary>
    /// <param name="cells">The cells, the first takes the input.</param>
    public StackedRNNCells(params ImmutableArray<RecurrentCell> cells) => Cells = cells;

    /// <summary>The cells, the first takes the input; at least one.</summary>
    public ImmutableArray<RecurrentCell> Cells
    {
        get => _cells.Elements!.Value;
        init => _cells = value.IsDefaultOrEmpty || value.Contains(null!)
            ? throw Require.OutOfRange(nameof(StackedRNNCells), nameof(Cells), "at least one cell", "none")
            : new(value);
    }

    internal override AxisNames SequenceAxes => Cells[0].SequenceAxes;

    internal override int StateCount => Cells.Sum(cell => cell.StateCount);

    /// <summary>The cells with the names their weights have: "lstm_cell", "lstm_cell_1", ...</summary>
    internal IReadOnlyList<(string Name, RecurrentCell Cell)> NamedCells()
    {
        var names = new LayerNames([]);
        return [.. Cells.Select(cell => (names.Choose(cell), cell))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes(Shape step) => [.. Steps(step).SelectMany(s => s.Cell.StateShapes(s.Input))];

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> CellWeights(Shape step)
        => [.. NamedCells().Zip(Steps(step)).SelectMany(pair =>
            pair.Second.Cell.CellWeights(pair.Second.Input).Select(w => w.Inside($"cells/{pair.First.Name}", pair.Second.Cell.Trainable)))];

    internal override Shape StepOutput(Shape step) => Steps(step).Select(s => s.Cell.StepOutput(s.Input)).Last();

    internal override IEnumerable<(Recurrence Shape, RecurrentCell Cell, Shape Input)> Recurrences(Shape step)
        => Steps(step).SelectMany(s => s.Cell.Recurrences(s.Input));

    internal override double MultiplyAdds(Shape step) => Steps(step).Sum(s => s.Cell.MultiplyAdds(s.Input));

    private IEnumerable<(RecurrentCell Cell, Shape Input)> Steps(Shape step)
    {
        foreach (var cell in Cells)
        {
            yield return (cell, step);
            step = cell.StepOutput(step);
        }
    }
}
