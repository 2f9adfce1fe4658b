using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Runs a live cell along time: in one fused kernel where the options allow, else a step at a time.</summary>
/// <remarks>A masked step keeps the states and repeats the output before it, or yields 0. Before the first output stands the state at the
/// start, of stacked cells the last one's, as in Keras on JAX and NumPy (TensorFlow and torch begin with 0; without states given both are
/// the same).</remarks>
internal sealed class LiveSequence : LiveLayer, IPlannedLayer
{
    private readonly SequenceLayer _layer;
    private readonly LiveCell _cell;
    private readonly VectorSequence? _vector;
    private List<torch.Tensor> _kept = [];

    public LiveSequence(SequenceLayer layer, LoweringContext context)
    {
        _layer = layer;
        _cell = (LiveCell)context.Inner(layer.StepCell, "cell", [layer.Step(context.Inputs)]);
        _vector = VectorSequence.Of(layer, _cell.Weights);
    }

    /// <summary>Whether fused kernels may be used; tests compare both ways.</summary>
    public bool UsesFusedKernels { get; set; } = true;

    /// <summary>Whether states are kept from batch to batch.</summary>
    public bool IsStateful => _layer.Stateful;

    /// <summary>The states kept from the batch before; none before the first.</summary>
    public IReadOnlyList<torch.Tensor> Kept => _kept;

    internal override IEnumerable<LiveSequence> Sequences => [this];

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var (output, states) = UsesFusedKernels && _vector is { } vector && VectorSequence.Serves(inputs[0].Tensor, context)
            ? vector.Run(inputs[0].Tensor, inputs[0].Mask, Given(inputs))
            : RunTorch(_layer.GoBackwards ? Backwards(inputs[0]) : inputs[0], Given(inputs), context);
        if (_layer.Stateful) Keep(states);
        var first = new Signal(output, _layer.ReturnSequences ? inputs[0].Mask : null);
        return _layer.ReturnState ? [first, .. states.Select(state => new Signal(state))] : [first];
    }

    public PlanStep? Plan(Shape input, Shape output) => _vector is null || _layer.Stateful || _layer.ReturnState
        ? null : new RecurrentStep(_vector, _layer, input[1]!.Value);

    public override void ResetState()
    {
        foreach (var state in _kept) state.Dispose();
        _kept = [];
    }

    /// <summary>Keeps copies of states for the next batch.</summary>
    public void Keep(IReadOnlyList<torch.Tensor> states)
    {
        var kept = states.Select(state => state.detach().clone().DetachFromDisposeScope()).ToList();
        ResetState();
        _kept = kept;
    }

    private static Signal Backwards(Signal signal) => new(signal.Tensor.flip(1), signal.Mask?.flip(1));

    /// <summary>The states to start from: given with the inputs, or kept from the batch before; none for zeros.</summary>
    private List<torch.Tensor> Given(IReadOnlyList<Signal> inputs)
    {
        if (inputs.Count > 1) return [.. inputs.Skip(1).Select(input => input.Tensor)];
        if (_kept.Count > 0 && _kept[0].shape[0] != inputs[0].Tensor.shape[0]) throw OtherBatch(inputs[0].Tensor.shape[0]);
        return _kept;
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) RunTorch(Signal input, List<torch.Tensor> given,
        ForwardContext context)
    {
        var (sequence, mask) = input;
        var needsMemory = _cell.StateCount > 1 && (_layer.ReturnState || _layer.Stateful);
        var fused = UsesFusedKernels && (mask is null || !needsMemory) ? _cell.Fused(context) : null;
        return fused is null
            ? Loop(sequence, mask, given, context)
            : RunFused(fused, sequence, mask, given.Count > 0 ? given : _cell.ZeroStates(sequence));
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) RunFused(FusedRun run, torch.Tensor sequence, torch.Tensor? mask,
        IReadOnlyList<torch.Tensor> states)
    {
        if (mask is null)
        {
            var (output, last) = run(sequence, states, _layer.ReturnSequences);
            return (output, last);
        }

        var steps = new CountedSteps(mask);
        var outputs = steps.Spread(run(steps.Gather(sequence), states, all: true).Output, states[0]);
        var state = torch.where(steps.HasAny, outputs.select(1, -1), states[0]);
        if (_layer.ZeroOutputForMask) outputs = outputs * mask.unsqueeze(-1).to(outputs.dtype);
        return (_layer.ReturnSequences ? outputs : outputs.select(1, -1), [state]);
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Loop(torch.Tensor sequence, torch.Tensor? mask,
        List<torch.Tensor> given, ForwardContext context)
    {
        var pass = _cell.Begin(context);
        var projected = pass.Project(sequence);
        var states = given.Count > 0 ? given : _cell.ZeroStates(projected);
        var (steps, counted) = (projected.unbind(1), mask?.unbind(1));
        var outputs = new List<torch.Tensor>(steps.Length);
        for (var t = 0; t < steps.Length; t++)
        {
            var (output, next) = pass.Step(steps[t], states);
            if (counted is not null)
                (output, next) = Masked(counted[t], output, next, states, outputs.LastOrDefault() ?? states[_cell.OutputState]);
            outputs.Add(output);
            states = next;
        }

        return (_layer.ReturnSequences ? torch.stack(outputs, 1) : outputs[^1], states);
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Masked(torch.Tensor counted, torch.Tensor output,
        IReadOnlyList<torch.Tensor> next, IReadOnlyList<torch.Tensor> before, torch.Tensor previous)
    {
        var instead = _layer.ZeroOutputForMask ? torch.zeros_like(output) : previous;
        return (torch.where(Wide(counted, output), output, instead), [.. next.Zip(before, (n, b) => torch.where(Wide(counted, n), n, b))]);
    }

    private static torch.Tensor Wide(torch.Tensor counted, torch.Tensor like)
        => counted.reshape([-1, .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);

    private ModelStateException OtherBatch(long received) => new(new(
        "stateful_batch",
        "A stateful layer needs batches of one size,",
        $"but '{_layer.Name ?? _layer.GetType().Name}' kept states of {_kept[0].shape[0]} samples and receives {received}.",
        "Call ResetState() between sequences, and choose a batch size that divides the samples."));
}
