using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>What the live cells of SimpleRNN, LSTM and GRU have in common: weights laid out as torch's fused kernels take them.</summary>
internal abstract class LiveUnitCell : LiveCell
{
    private readonly UnitCell _cell;

    protected LiveUnitCell(UnitCell cell, LoweringContext context, int[]? gateOrder = null)
    {
        _cell = cell;
        var kernel = WeightLayout.Transposed with { Blocks = gateOrder };
        Kernel = context.Weight("kernel", kernel);
        Recurrent = context.Weight("recurrent_kernel", kernel);
        Bias = context.OptionalWeight("bias", new(Blocks: gateOrder));
    }

    public override int StateCount => 1;

    /// <summary>(gates x units, features).</summary>
    protected LiveWeight Kernel { get; }

    /// <summary>(gates x units, units).</summary>
    protected LiveWeight Recurrent { get; }

    /// <summary>(gates x units), or one for the input and one for the state.</summary>
    protected LiveWeight? Bias { get; }

    /// <summary>torch's kernel for these options; null if there is none.</summary>
    protected abstract FusedKernel? Kind { get; }

    /// <summary>The input's bias and the state's, as torch's kernels take them.</summary>
    protected virtual torch.Tensor[] Biases => Bias is null ? [] : [Bias.Value, torch.zeros_like(Bias.Value)];

    public override CellPass Begin(ForwardContext context) => new UnitPass(this, context);

    public override IReadOnlyList<torch.Tensor> ZeroStates(torch.Tensor projected)
        => [.. Enumerable.Range(0, StateCount)
            .Select(_ => torch.zeros([projected.shape[0], _cell.Units], projected.dtype, projected.device))];

    public override FusedRun? Fused(ForwardContext context)
    {
        if (Kind is not { } kind || (context.IsTraining && _cell.RecurrentDropout > 0)) return null;
        torch.Tensor[] weights = [Kernel.Value, Recurrent.Value, .. Biases];
        return (sequence, states, all) => FusedRecurrence.Run(kind, Kept(sequence, context), states, weights, new(all, context.IsTraining));
    }

    public override CellWeights? Weights => Kind is { } kind ? new(kind, _cell.Units, Kernel, Recurrent, Bias) : null;

    /// <summary>A step from the input's part and the states.</summary>
    protected abstract (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, torch.Tensor recurrent,
        IReadOnlyList<torch.Tensor> states);

    /// <summary>Dropout of the input, the same at every step.</summary>
    private torch.Tensor Kept(torch.Tensor sequence, ForwardContext context) => context.IsTraining && _cell.Dropout > 0
        ? RegularizationLowering.Dropped(sequence, [sequence.shape[0], 1, sequence.shape[2]], _cell.Dropout, context.Random)
        : sequence;

    private sealed class UnitPass(LiveUnitCell cell, ForwardContext context)
        : CellPass(cell._cell.Dropout, cell._cell.RecurrentDropout, context)
    {
        private readonly torch.Tensor _recurrent = cell.Recurrent.Value;

        protected override torch.Tensor ProjectKept(torch.Tensor sequence)
            => F.linear(sequence, cell.Kernel.Value, cell.Biases.FirstOrDefault());

        protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) StepKept(torch.Tensor projected,
            IReadOnlyList<torch.Tensor> states)
            => cell.Step(projected, _recurrent, states);
    }
}

/// <summary>h' = activation(x . kernel + h . recurrent kernel + bias).</summary>
internal sealed class LiveSimpleRnnCell(SimpleRNNCell cell, LoweringContext context) : LiveUnitCell(cell, context)
{
    protected override FusedKernel? Kind => cell.Activation switch
    {
        Activation.Tanh => FusedKernel.RnnTanh,
        Activation.Relu => FusedKernel.RnnRelu,
        _ => null,
    };

    protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, torch.Tensor recurrent,
        IReadOnlyList<torch.Tensor> states)
    {
        var state = cell.Activation.Apply(projected.addmm(states[0], recurrent.t()));
        return (state, [state]);
    }
}

/// <summary>Gates in the order input, forget, candidate, output.</summary>
internal sealed class LiveLstmCell(LSTMCell cell, LoweringContext context) : LiveUnitCell(cell, context)
{
    public override int StateCount => 2;

    protected override FusedKernel? Kind
        => cell is { Activation: Activation.Tanh, RecurrentActivation: Activation.Sigmoid } ? FusedKernel.Lstm : null;

    protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, torch.Tensor recurrent,
        IReadOnlyList<torch.Tensor> states)
        => Gates(projected.addmm(states[0], recurrent.t()).chunk(4, -1), states[1], cell.Activation, cell.RecurrentActivation);

    /// <summary>c' = f c + i g, h' = o activation(c').</summary>
    public static (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Gates(torch.Tensor[] gates, torch.Tensor memory,
        Activation activation, Activation recurrentActivation)
    {
        var kept = recurrentActivation.Apply(gates[1]) * memory;
        var carried = kept.Plus(recurrentActivation.Apply(gates[0]) * activation.Apply(gates[2]));
        var output = recurrentActivation.Apply(gates[3]) * activation.Apply(carried);
        return (output, [output, carried]);
    }
}

/// <summary>Gates in torch's order reset, update, candidate; Keras's is update, reset, candidate.</summary>
internal sealed class LiveGruCell(GRUCell cell, LoweringContext context) : LiveUnitCell(cell, context, [1, 0, 2])
{
    protected override FusedKernel? Kind
        => cell is { ResetAfter: true, Activation: Activation.Tanh, RecurrentActivation: Activation.Sigmoid } ? FusedKernel.Gru : null;

    protected override torch.Tensor[] Biases => Bias is null ? [] : cell.ResetAfter ? [Bias.Value[0], Bias.Value[1]] : [Bias.Value];

    protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, torch.Tensor recurrent,
        IReadOnlyList<torch.Tensor> states)
    {
        var x = projected.split([2 * cell.Units, cell.Units], -1);
        var (gates, candidate) = cell.ResetAfter ? After(x, recurrent, states[0]) : Before(x, recurrent, states[0]);
        var update = gates[1];
        var state = (update * states[0]).Plus(update.SubtractedFrom(1) * candidate);
        return (state, [state]);
    }

    /// <summary>The reset gate scales the state's product: Gates(reset, update), candidate.</summary>
    private (torch.Tensor[] Gates, torch.Tensor Candidate) After(torch.Tensor[] x, torch.Tensor recurrent, torch.Tensor state)
    {
        var h = torch.nn.functional.linear(state, recurrent, Bias?.Value[1]).split([2 * cell.Units, cell.Units], -1);
        var gates = cell.RecurrentActivation.Apply(x[0].Plus(h[0])).chunk(2, -1);
        return (gates, cell.Activation.Apply(x[1].Plus(gates[0] * h[1])));
    }

    /// <summary>The reset gate scales the state itself.</summary>
    private (torch.Tensor[] Gates, torch.Tensor Candidate) Before(torch.Tensor[] x, torch.Tensor recurrent, torch.Tensor state)
    {
        var kernels = recurrent.split([2 * cell.Units, cell.Units], 0);
        var gates = cell.RecurrentActivation.Apply(x[0].addmm(state, kernels[0].t())).chunk(2, -1);
        return (gates, cell.Activation.Apply(x[1].addmm(gates[0] * state, kernels[1].t())));
    }
}
