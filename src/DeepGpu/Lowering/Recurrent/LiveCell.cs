using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>A live recurrent cell. Applied by itself it takes [input, states...] and yields [output, states...].</summary>
internal abstract class LiveCell : LiveLayer
{
    /// <summary>How many states there are.</summary>
    public abstract int StateCount { get; }

    /// <summary>Which of the states is the output of the step before: the first one.</summary>
    public virtual int OutputState => 0;

    /// <summary>Starts a pass over a batch.</summary>
    public abstract CellPass Begin(ForwardContext context);

    /// <summary>States of zeros.</summary>
    /// <param name="projected">What <see cref="CellPass.Project"/> made of the batch.</param>
    public abstract IReadOnlyList<torch.Tensor> ZeroStates(torch.Tensor projected);

    /// <summary>Runs a whole sequence in one kernel, or null if the cell's options need a step at a time.</summary>
    public virtual FusedRun? Fused(ForwardContext context) => null;

    /// <summary>The weights of a cell that such a kernel runs; null for others.</summary>
    public virtual CellWeights? Weights => null;

    public sealed override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var pass = Begin(context);
        var projected = pass.Project(inputs[0].Tensor.unsqueeze(1)).squeeze(1);
        var (output, states) = pass.Step(projected, [.. inputs.Skip(1).Select(input => input.Tensor)]);
        return [new(output), .. states.Select(state => new Signal(state))];
    }
}

/// <summary>Runs a sequence (batch, time, ...) from states: the output of every step or of the last one, and the last states.</summary>
internal delegate FusedOutput FusedRun(torch.Tensor sequence, IReadOnlyList<torch.Tensor> states, bool all);

/// <summary>One pass of a cell over a batch; what dropout sets to 0 stays the same at every step.</summary>
internal abstract class CellPass(double dropout, double recurrentDropout, ForwardContext context)
{
    private torch.Tensor? _inputPattern;
    private torch.Tensor? _statePattern;

    /// <summary>What of a step does not depend on the states, for all steps at once.</summary>
    /// <param name="sequence">(batch, time, ...).</param>
    public torch.Tensor Project(torch.Tensor sequence)
        => ProjectKept(Kept(sequence, dropout, ref _inputPattern, [sequence.shape[0], 1, .. sequence.shape[2..]]));

    /// <summary>One step.</summary>
    /// <param name="projected">A step of what <see cref="Project"/> made.</param>
    /// <param name="states">The states before the step.</param>
    public (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, IReadOnlyList<torch.Tensor> states)
        => StepKept(projected,
            recurrentDropout == 0 ? states : [Kept(states[0], recurrentDropout, ref _statePattern, states[0].shape), .. states.Skip(1)]);

    protected abstract torch.Tensor ProjectKept(torch.Tensor sequence);

    protected abstract (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) StepKept(torch.Tensor projected,
        IReadOnlyList<torch.Tensor> states);

    private torch.Tensor Kept(torch.Tensor x, double rate, ref torch.Tensor? pattern, long[] shape)
        => rate > 0 && context.IsTraining ? x * (pattern ??= RegularizationLowering.Pattern(x, shape, rate, context.Random)) : x;
}
