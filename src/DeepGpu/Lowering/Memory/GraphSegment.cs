using DeepGpu.Models;
using DeepGpu.Models.Workloads;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Steps of a live graph that run one after the other, between values that are leaves of autograd.</summary>
internal sealed class GraphSegment
{
    private readonly GraphStep[] _steps;
    private readonly string[] _prefixes;
    private readonly bool _isRepeated;
    private LiveWeight[]? _weights;

    /// <param name="plan">Which calls they are.</param>
    /// <param name="steps">They.</param>
    /// <param name="path">What names of weights start with before the layers' names.</param>
    /// <param name="keptSlots">The values that are read after the segment.</param>
    public GraphSegment(CheckpointSegment plan, GraphStep[] steps, string path, Func<int, bool> keptSlots)
    {
        (_steps, _isRepeated) = (steps, plan.IsRepeated);
        IsNested = plan.Nodes.Any(node => node.Layer is NestedModel);
        _prefixes = [.. plan.Nodes.Select(node => $"{path}{node.Name}/").Distinct()];
        var written = steps.SelectMany(step => step.Writes).ToHashSet();
        Reads = [.. steps.SelectMany(step => step.Reads).Distinct().Where(slot => !written.Contains(slot))];
        Writes = [.. written.Where(keptSlots).Order()];
    }

    /// <summary>Whether it is a model inside the model, which has segments of its own.</summary>
    public bool IsNested { get; }

    /// <summary>The values it reads of those written before it.</summary>
    public IReadOnlyList<int> Reads { get; }

    /// <summary>The values it writes that are read after it.</summary>
    public IReadOnlyList<int> Writes { get; }

    /// <summary>Runs it and notes it on the tape of the pass; what it leaves in the values are leaves.</summary>
    public void Run(Signal[] values, ForwardContext context, IReadOnlySet<int>? logits)
    {
        var tape = context.Tape!;
        _weights ??= tape.WeightsOf(_prefixes);
        var state = _isRepeated ? context.Keep(tape.Random.get_state()) : null;
        Signal[] inputs = [.. Reads.Select(slot => values[slot])];
        SegmentRun Again(bool isRepeat) => Compute(inputs, values.Length, context, logits, isRepeat);
        using var scope = _isRepeated ? torch.NewDisposeScope() : null;
        var run = Again(isRepeat: false);
        if (!_isRepeated) run.Keep(context);
        var leaves = run.Written.Select(signal => Leaf(signal, context)).ToList();
        var penalties = run.Penalties.Select(penalty => Leaf(new(penalty), context).Tensor).ToList();
        foreach (var (slot, leaf) in Writes.Zip(leaves)) values[slot] = leaf;
        foreach (var penalty in penalties) context.AddPenalty(penalty);
        IReadOnlyList<torch.Tensor> results = [.. leaves.Select(leaf => leaf.Tensor), .. penalties];
        tape.Add(new(this, results, _isRepeated ? null : run, () => Again(isRepeat: true), state));
    }

    /// <summary>The weights of its layers, once it has run.</summary>
    public IReadOnlyList<LiveWeight> Weights => _weights!;

    /// <summary>Computes what it writes. Nothing of the inputs is freed.</summary>
    private SegmentRun Compute(Signal[] inputs, int slots, ForwardContext context, IReadOnlySet<int>? logits, bool isRepeat)
    {
        var pass = IsNested ? context : context.Within(isRepeat);
        var values = new Signal[slots];
        foreach (var (slot, input) in Reads.Zip(inputs))
            values[slot] = input with { Tensor = input.Tensor.requires_grad && !IsNested ? input.Tensor.alias() : input.Tensor };
        foreach (var step in _steps)
        {
            step.Run(values, pass, logits, isLast: false);
            foreach (var slot in step.LastUses.Except(Reads)) values[slot].Tensor.Dispose();
        }

        var read = Reads.Zip(inputs).Where(pair => !IsNested && pair.Second.Tensor.requires_grad)
            .Select(pair => (pair.Second.Tensor, values[pair.First].Tensor)).ToList();
        return new(read, [.. Writes.Select(slot => values[slot])], IsNested ? [] : pass.Penalties);
    }

    /// <summary>A value cut off from how it was computed, which lives as long as the pass; one that is cut off already is itself.</summary>
    private static Signal Leaf(Signal value, ForwardContext context)
    {
        var (tensor, mask) = value;
        var leaf = tensor is { requires_grad: true, is_leaf: true } ? tensor : tensor.detach().requires_grad_(tensor.requires_grad);
        return new(context.Keep(leaf), mask is null ? null : context.Keep(mask));
    }
}

/// <summary>What a run of a segment leaves to autograd.</summary>
/// <param name="Read">The leaves it reads, each with the value in the run that its gradient comes through.</param>
/// <param name="Written">What it writes that is read later.</param>
/// <param name="Penalties">What its layers add to the loss.</param>
internal sealed record SegmentRun(IReadOnlyList<(torch.Tensor Leaf, torch.Tensor Value)> Read, IReadOnlyList<Signal> Written,
    IReadOnlyList<torch.Tensor> Penalties)
{
    /// <summary>What gradients come into: what it writes, then its penalties.</summary>
    public IEnumerable<torch.Tensor> Results => Written.Select(signal => signal.Tensor).Concat(Penalties);

    /// <summary>What holds on to autograd's graph.</summary>
    public IEnumerable<torch.Tensor> Tensors => Results.Concat(Read.Select(pair => pair.Value));

    /// <summary>Lets its tensors live as long as the pass.</summary>
    public void Keep(ForwardContext context)
    {
        foreach (var tensor in Tensors) context.Keep(tensor);
    }
}

/// <summary>A segment that has run in a pass.</summary>
/// <param name="segment">The segment.</param>
/// <param name="leaves">Its results, cut off from how they were computed; those of a model inside are its own segments'.</param>
/// <param name="kept">The run, where it is kept.</param>
/// <param name="again">Runs it again.</param>
/// <param name="state">The state of the random numbers before it; null where it is kept.</param>
internal sealed class RecordedSegment(GraphSegment segment, IReadOnlyList<torch.Tensor> leaves, SegmentRun? kept, Func<SegmentRun> again,
    torch.Tensor? state)
{
    /// <summary>Hands the gradients that wait in its results to what it read and to its weights; then frees the results.</summary>
    public void Backward(torch.Generator random)
    {
        using var scope = torch.NewDisposeScope();
        if (leaves.Any(leaf => leaf.requires_grad && leaf.grad is not null)) HandOn(random);
        if (segment.IsNested) return;
        foreach (var leaf in leaves) leaf.Dispose();
        foreach (var tensor in kept?.Tensors ?? []) tensor.Dispose();
        state?.Dispose();
    }

    private void HandOn(torch.Generator random)
    {
        if (state is not null) random.set_state(state);
        var run = kept ?? again();
        var roots = run.Results.Zip(leaves).Where(pair => !ReferenceEquals(pair.First, pair.Second))
            .Select(pair => (Root: pair.First, Gradient: Gradients.Take(pair.Second)))
            .Concat(run.Read.Select(pair => (Root: pair.Value, Gradient: Gradients.Take(pair.Leaf))))
            .Concat(segment.Weights.Select(weight => (Root: weight.Tensor, Gradient: Gradients.Take(weight.Tensor))))
            .Where(root => root.Gradient is not null).ToList();
        if (roots.Count > 0) torch.autograd.backward([.. roots.Select(root => root.Root)], [.. roots.Select(root => root.Gradient!)]);
    }
}
