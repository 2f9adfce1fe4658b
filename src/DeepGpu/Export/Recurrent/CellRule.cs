using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>One step of a recurrent cell, by operators on single steps.</summary>
/// <param name="context">The cell's weights.</param>
internal abstract class CellRule(ExportContext context)
{
    public abstract int StateCount { get; }

    /// <summary>Which state is the output.</summary>
    public virtual int OutputState => 0;

    protected ExportContext Context { get; } = context;

    public static CellRule Of(RecurrentCell cell, ExportContext context) => cell switch
    {
        SimpleRNNCell simple => new SimpleCellRule(simple, context),
        LSTMCell lstm => new LstmCellRule(lstm, context),
        GRUCell gru => new GruCellRule(gru, context),
        StackedRNNCells stack => new StackedCellRule(stack, context),
        ConvLSTM.ConvLSTMCell convolution => new ConvLstmCellRule(convolution, context),
        _ => throw new ExportRefusal($"has the cell {cell.GetType().Name}, which has no operators of ONNX"),
    };

    /// <summary>What of a step does not depend on the states: of one step (batch, ...).</summary>
    public abstract GraphValue Project(GraphWriter g, GraphValue step);

    /// <summary>The same of a sequence (batch, steps, ...), the steps first.</summary>
    public virtual GraphValue ProjectAll(GraphWriter g, GraphValue sequence)
    {
        var projected = Project(g, sequence);
        return g.Move(projected, 1, 0);
    }

    public abstract (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states);

    /// <summary>States of zeros.</summary>
    /// <param name="g">Takes the nodes.</param>
    /// <param name="projected">A sequence as projected, the steps first.</param>
    public abstract IReadOnlyList<GraphValue> ZeroStates(GraphWriter g, GraphValue projected);

    /// <summary>A state as the steps hold it.</summary>
    public virtual GraphValue Inward(GraphWriter g, GraphValue state) => state;

    /// <summary>A state or sequence as the layer yields it.</summary>
    public virtual GraphValue Outward(GraphWriter g, GraphValue value) => value;
}

/// <summary>A cell of a number of units: (batch, features) and states (batch, units).</summary>
internal abstract class UnitCellRule(UnitCell cell, ExportContext context) : CellRule(context)
{
    public override int StateCount => cell.StateCount;

    protected virtual GraphValue? Bias => Context.OptionalWeight("bias");

    public override GraphValue Project(GraphWriter g, GraphValue step) => g.Linear(step, Context.Weight("kernel"), Bias);

    public override IReadOnlyList<GraphValue> ZeroStates(GraphWriter g, GraphValue projected)
        => [.. Enumerable.Repeat(g.Expand(g.Number(0), Dim.Along(projected, 1), cell.Units), StateCount)];

    protected GraphValue Recur(GraphWriter g, GraphValue projected, GraphValue state)
        => g.Add(projected, g.MatMul(state, Context.Weight("recurrent_kernel")));
}

internal sealed class SimpleCellRule(SimpleRNNCell cell, ExportContext context) : UnitCellRule(cell, context)
{
    public override (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states)
    {
        var state = ActivationRules.Apply(g, cell.Activation, Recur(g, projected, states[0]));
        return (state, [state]);
    }
}

internal sealed class LstmCellRule(LSTMCell cell, ExportContext context) : UnitCellRule(cell, context)
{
    public override (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states)
    {
        var gates = g.Split(Recur(g, projected, states[0]), -1, [cell.Units, cell.Units, cell.Units, cell.Units]);
        return Gates(g, gates, states[1], cell.Activation, cell.RecurrentActivation);
    }

    /// <summary>The gates in Keras's order: input, forget, candidate, output.</summary>
    public static (GraphValue Output, IReadOnlyList<GraphValue> States) Gates(GraphWriter g, IReadOnlyList<GraphValue> gates,
        GraphValue memory, Activation activation, Activation recurrentActivation)
    {
        GraphValue Gate(int i) => ActivationRules.Apply(g, recurrentActivation, gates[i]);
        var kept = g.Multiply(Gate(1), memory);
        var carried = g.Add(kept, g.Multiply(Gate(0), ActivationRules.Apply(g, activation, gates[2])));
        var output = g.Multiply(Gate(3), ActivationRules.Apply(g, activation, carried));
        return (output, [output, carried]);
    }
}

internal sealed class GruCellRule(GRUCell cell, ExportContext context) : UnitCellRule(cell, context)
{
    protected override GraphValue? Bias => cell.ResetAfter ? Part("input_bias", 0) : base.Bias;

    public override (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states)
    {
        var x = Parts(g, projected);
        var (update, candidate) = cell.ResetAfter ? After(g, x, states[0]) : Before(g, x, states[0]);
        var state = g.Add(g.Multiply(update, states[0]), g.Multiply(g.From(1, update), candidate));
        return (state, [state]);
    }

    private GraphValue? Part(string name, int row) => Context.Has("bias")
        ? Context.Keep(name, () => Context.Numbers("bias").Take(0, [row]).Reshape(-1)) : null;

    /// <summary>Update, reset, candidate.</summary>
    private IReadOnlyList<GraphValue> Parts(GraphWriter g, GraphValue x) => g.Split(x, -1, [cell.Units, cell.Units, cell.Units]);

    private GraphValue Gate(GraphWriter g, GraphValue a, GraphValue b) => ActivationRules.Apply(g, cell.RecurrentActivation, g.Add(a, b));

    private (GraphValue Update, GraphValue Candidate) After(GraphWriter g, IReadOnlyList<GraphValue> x, GraphValue state)
    {
        var h = Parts(g, g.Linear(state, Context.Weight("recurrent_kernel"), Part("recurrent_bias", 1)));
        var candidate = g.Add(x[2], g.Multiply(Gate(g, x[1], h[1]), h[2]));
        return (Gate(g, x[0], h[0]), ActivationRules.Apply(g, cell.Activation, candidate));
    }

    private (GraphValue Update, GraphValue Candidate) Before(GraphWriter g, IReadOnlyList<GraphValue> x, GraphValue state)
    {
        GraphValue Kernel(int part) => Context.Keep($"recurrent_kernel_{part}", () => Context.Numbers("recurrent_kernel")
            .Take(1, [.. Enumerable.Range(part * cell.Units, cell.Units)]));
        var reset = Gate(g, x[1], g.MatMul(state, Kernel(1)));
        var candidate = g.Add(x[2], g.MatMul(g.Multiply(reset, state), Kernel(2)));
        return (Gate(g, x[0], g.MatMul(state, Kernel(0))), ActivationRules.Apply(g, cell.Activation, candidate));
    }
}
