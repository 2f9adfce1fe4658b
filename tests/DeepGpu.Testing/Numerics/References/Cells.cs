using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>One step of a recurrence: from an input and states to an output and new states.</summary>
internal delegate (Values Output, Values[] States) CellStep(Values x, Values[] states);

/// <summary>What the cells compute in a step.</summary>
internal static class Cells
{
    /// <summary>A cell's step and the shapes of its states for one sample.</summary>
    public static (CellStep Step, int[][] States) Of(RecurrentCell cell, WeightValues weights) => cell switch
    {
        SimpleRNNCell c => (Simple(c.Activation, weights), [[c.Units]]),
        LSTMCell c => (Lstm(c.Units, c.Activation, c.RecurrentActivation, weights), [[c.Units], [c.Units]]),
        GRUCell c => (Gru(c.Units, c.Activation, c.RecurrentActivation, c.ResetAfter, weights), [[c.Units]]),
        StackedRNNCells c => Stacked(c, weights),
        _ => throw new NotSupportedException($"The cell {cell.GetType().Name} has no reference: state what its step computes here."),
    };

    /// <summary>h' = f(x . kernel + h . recurrent kernel + bias).</summary>
    public static CellStep Simple(Activation activation, WeightValues weights) => (x, states) =>
    {
        var h = Functions.Apply(activation, Sums(x, states[0], weights));
        return (h, [h]);
    };

    /// <summary>Gates i, f, g, o of x and h; c' = f * c + i * g, h' = o * activation(c'). Hochreiter and Schmidhuber, 1997; Gers et al.,
    /// 2000.</summary>
    public static CellStep Lstm(int units, Activation activation, Activation gate, WeightValues weights)
        => (x, states) => Lstm(Sums(x, states[0], weights), states[1], units, activation, gate);

    /// <summary>The LSTM's step from the sums of its four gates.</summary>
    public static (Values Output, Values[] States) Lstm(Values sums, Values c, int units, Activation activation, Activation gate)
    {
        var (i, f) = (Functions.Apply(gate, Block(sums, 0, units)), Functions.Apply(gate, Block(sums, 1, units)));
        var (g, o) = (Functions.Apply(activation, Block(sums, 2, units)), Functions.Apply(gate, Block(sums, 3, units)));
        var next = f.Zip(c, (a, b) => a * b).Zip(i.Zip(g, (a, b) => a * b), (a, b) => a + b);
        var h = o.Zip(Functions.Apply(activation, next), (a, b) => a * b);
        return (h, [h, next]);
    }

    /// <summary>Gates z, r; h' = z * h + (1 - z) * candidate, in which r multiplies h after its product with the kernel, or before. Cho et
    /// al., 2014.</summary>
    public static CellStep Gru(int units, Activation activation, Activation gate, bool resetAfter, WeightValues weights) => (x, states) =>
    {
        var (h, bias, recurrent) = (states[0], weights.Find("bias"), weights["recurrent_kernel"]);
        var fromInput = CoreReferences.Product(x, weights["kernel"], resetAfter ? bias?.Select(0, 0) : bias);
        var fromState = CoreReferences.Product(h, recurrent, resetAfter ? bias?.Select(0, 1) : null);
        Values Gate(int block)
            => Functions.Apply(gate, Block(fromInput, block, units).Zip(Block(fromState, block, units), (a, b) => a + b));
        var (z, r) = (Gate(0), Gate(1));
        var state = resetAfter ? r.Zip(Block(fromState, 2, units), (a, b) => a * b)
            : CoreReferences.Product(r.Zip(h, (a, b) => a * b), Block(recurrent, 2, units), null);
        var candidate = Functions.Apply(activation, Block(fromInput, 2, units).Zip(state, (a, b) => a + b));
        var next = z.Zip(h, (a, b) => a * b).Zip(z.Zip(candidate, (a, b) => (1 - a) * b), (a, b) => a + b);
        return (next, [next]);
    };

    /// <summary>Each cell takes the output of the one before; the states follow one another.</summary>
    private static (CellStep Step, int[][] States) Stacked(StackedRNNCells stack, WeightValues weights)
    {
        var inner = weights.Inside("cells");
        var cells = stack.Cells.Zip(inner.Parts, (cell, part) => Of(cell, inner.Inside(part))).ToList();
        return ((x, states) =>
        {
            var next = new List<Values>();
            foreach (var (step, own) in cells)
            {
                var (output, kept) = step(x, states[next.Count..(next.Count + own.Length)]);
                x = output;
                next.AddRange(kept);
            }

            return (x, [.. next]);
        }, [.. cells.SelectMany(cell => cell.States)]);
    }

    private static Values Sums(Values x, Values h, WeightValues weights)
        => CoreReferences.Product(x, weights["kernel"], weights.Find("bias"))
            .Zip(CoreReferences.Product(h, weights["recurrent_kernel"], null), (a, b) => a + b);

    /// <summary>One of the blocks of columns that the gates have.</summary>
    public static Values Block(Values x, int block, int units)
        => Values.Of([.. x.Shape[..^1], units], at => x[[.. at[..^1], block * units + at[^1]]]);
}
