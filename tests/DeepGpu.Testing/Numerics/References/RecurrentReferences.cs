using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Recurrences along time.</summary>
internal static class RecurrentReferences
{
    public static void Add()
    {
        ReferenceTable.AddMany<SimpleRNN>((layer, call) => Run(layer, call, (Cells.Simple(layer.Activation, Cell(call)), [[layer.Units]])));
        ReferenceTable.AddMany<LSTM>((layer, call)
            => Run(layer, call, (Cells.Lstm(layer.Units, layer.Activation, layer.RecurrentActivation, Cell(call)),
                [[layer.Units], [layer.Units]])));
        ReferenceTable.AddMany<GRU>((layer, call)
            => Run(layer, call, (Cells.Gru(layer.Units, layer.Activation, layer.RecurrentActivation, layer.ResetAfter, Cell(call)),
                [[layer.Units]])));
        ReferenceTable.AddMany<RNN>((layer, call) => Run(layer, call, Cells.Of(layer.Cell, Cell(call))));
        ReferenceTable.AddMany<ConvLSTM1D>(ConvolutionalReference.Run);
        ReferenceTable.AddMany<ConvLSTM2D>(ConvolutionalReference.Run);
        ReferenceTable.AddMany<ConvLSTM3D>(ConvolutionalReference.Run);
        ReferenceTable.AddMany<SimpleRNNCell>(Once);
        ReferenceTable.AddMany<LSTMCell>(Once);
        ReferenceTable.AddMany<GRUCell>(Once);
        ReferenceTable.AddMany<StackedRNNCells>(Once);
    }

    private static WeightValues Cell(Call call) => call.Weights.Inside("cell");

    /// <summary>A cell by itself: input and states to output and states.</summary>
    private static IReadOnlyList<Flow> Once(RecurrentCell cell, Call call)
    {
        var (output, states) = Cells.Of(cell, call.Weights).Step(call.X, [.. call.Inputs.Skip(1).Select(state => state.Values)]);
        return [new(output), .. states.Select(state => new Flow(state))];
    }

    /// <summary>Runs a step along time from given states or zeros. A masked step keeps the states and repeats the output before it (at the
    /// start the state that is the output, of the last of stacked cells), or is 0 where the layer asks for it.</summary>
    public static IReadOnlyList<Flow> Run(SequenceLayer layer, Call call, (CellStep Step, int[][] States) cell)
    {
        var (x, mask) = layer.GoBackwards ? (call.X.Flip(1), call.Mask is { } m ? Masks.Flip(m) : null) : (call.X, call.Mask);
        Values[] states = call.Inputs.Count > 1
            ? [.. call.Inputs.Skip(1).Select(input => input.Values)]
            : [.. cell.States.Select(shape => Values.Constant([x.Shape[0], .. shape], 0))];
        var outputs = new List<Values>();
        for (var t = 0; t < x.Shape[1]; t++)
        {
            var (output, next) = cell.Step(x.Select(1, t), states);
            var before = layer.ZeroOutputForMask ? Values.Constant(output.Shape, 0) : outputs.LastOrDefault() ?? states[OutputState(layer)];
            outputs.Add(Counted(mask, t, output, before));
            states = [.. next.Zip(states, (now, old) => Counted(mask, t, now, old))];
        }

        var first = layer.ReturnSequences ? new Flow(Values.Stack(outputs, 1), call.Mask) : new Flow(outputs[^1]);
        return layer.ReturnState ? [first, .. states.Select(state => new Flow(state))] : [first];
    }

    private static int OutputState(SequenceLayer layer)
        => layer is RNN { Cell: StackedRNNCells stack } ? stack.Cells.SkipLast(1).Sum(cell => cell is LSTMCell ? 2 : 1) : 0;

    /// <summary>The new numbers of the samples whose step counts, the old ones of the others.</summary>
    private static Values Counted(bool[,]? mask, int t, Values now, Values old)
        => mask is null ? now : Values.Of(now.Shape, at => mask[at[0], t] ? now[at] : old[at]);
}
