using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Optimizers;

/// <summary>The torch side of an <see cref="Optimizer"/> record: its state, and a step over all weights.</summary>
/// <remarks>A step is a handful of native calls, each over all weights of one rate.
/// None waits for the device, but for a loss scale that adapts.</remarks>
internal sealed class OptimizerStepper : IDisposable
{
    private readonly Optimizer _options;
    private readonly UpdateRule _rule;
    private readonly WeightState[] _weights;
    private double? _rate;
    private long _steps;

    private OptimizerStepper(Optimizer optimizer, IReadOnlyList<LiveWeight> weights, Extensions extensions)
    {
        using var noGradient = torch.no_grad();
        Optimizer = optimizer;
        _options = optimizer is LossScaleOptimizer scaled ? scaled.InnerOptimizer : optimizer;
        var multipliers = new RateMultipliers(_options, weights);
        _rule = UpdateRule.For(_options, extensions);
        _weights = [.. weights.Where(weight => weight.IsTrainable)
            .Select(weight => new WeightState(weight, _options, _rule, multipliers.Of(weight)))];
        LossScale = new(optimizer);
        CheckSlots();
    }

    /// <summary>The learning rate of the next step; setting it replaces the schedule.</summary>
    public double LearningRate
    {
        get => _rate ?? _options.LearningRate.At(_steps);
        set => _rate = value;
    }

    /// <summary>The processes whose gradients count as well; null for this one alone.</summary>
    public ReplicaGroup? Group { get; set; }

    /// <summary>The description it was made from.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The description with the rate that replaced its own.</summary>
    public Optimizer Described => _rate is { } rate ? Optimizer with { LearningRate = rate } : Optimizer;

    /// <summary>The weights it changes, in order.</summary>
    public IEnumerable<LiveWeight> Weights => _weights.Select(state => state.Weight);

    /// <summary>The names of what is kept for each weight, those together that Keras keeps together.</summary>
    public IEnumerable<IReadOnlyList<string>> SlotGroups
        => [.. _options.UseEma ? [["average"]] : Array.Empty<string[]>(),
            .. _options.GradientAccumulationSteps is null ? Array.Empty<string[]>() : [["gradient_accumulator"]], .. _rule.SlotGroups];

    /// <summary>Whether the rate follows a schedule.</summary>
    public bool IsScheduled => _rate is null && _options.LearningRate is not ConstantRate;

    /// <summary>How often the weights were changed, as Keras counts: steps that only gather gradients do not count.</summary>
    public long Iterations => _steps / (_options.GradientAccumulationSteps ?? 1);

    /// <summary>What the loss is multiplied by before the backward pass.</summary>
    public LossScale LossScale { get; }

    /// <summary>Whether moving averages of the weights are kept.</summary>
    public bool KeepsAverages => _options.UseEma;

    /// <summary>Whether the weights lie beside an average that may take their place: that of <see cref="ScheduleFreeAdamW"/>.</summary>
    public bool HasAverage => _rule.HasAverage;

    /// <summary>Whether the average has taken the weights' place.</summary>
    public bool IsAveraged { get; private set; }

    /// <summary>Makes the state of an optimizer for weights.</summary>
    /// <exception cref="DeepGpuArgumentException">A factor of the rate fits no weight, or the optimizer is of an unknown kind.</exception>
    public static OptimizerStepper Create(Optimizer optimizer, IReadOnlyList<LiveWeight> weights, Extensions? extensions = null)
        => new(optimizer, weights, extensions ?? Extensions.None);

    /// <summary>Whether a step has changed a weight or a slot since the gradients were cleared: it can then not be tried again.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Forgets the gradients, so that the next backward pass writes instead of adding.</summary>
    public void ClearGradients()
    {
        HasChanged = false;
        foreach (var state in _weights) state.Value.grad = null;
    }

    /// <summary>Changes every weight that has a gradient. The gradients are used up.</summary>
    /// <param name="watch">Who is told of the parts; null for nobody.</param>
    /// <returns>False if the loss scale found a gradient that is not finite: nothing but the scale was changed.</returns>
    /// <exception cref="ModelStateException">No weight has a gradient.</exception>
    public bool Step(StepWatch? watch = null)
    {
        var watched = watch ?? StepWatch.None;
        if (_weights.Length == 0) return true;
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Group?.Share(_weights, withGradients: !Accumulates);
        var batch = WeightBatch.WithGradients(_weights) ?? throw NoGradient();
        watched.Before(StepPhase.Unscale, 0);
        if (!LossScale.Unscale(batch.Gradients, Accumulates ? Group : null)) return false;
        if (IsUpdate) Update(batch, CheckedRate(), watched);
        else Accumulate(batch);
        if (KeepsAverages) Average(watched);
        _steps++;
        return true;
    }

    /// <summary>Makes the weights their averages, if they are kept: the end of training.</summary>
    public void Finish()
    {
        using var noGradient = torch.no_grad();
        if (KeepsAverages && _steps > 0) GradientChange.Overwrite(_weights);
    }

    /// <summary>Exchanges weights and averages; a second call undoes the first.</summary>
    public void SwapAverages()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        GradientChange.Swap(_weights);
    }

    /// <summary>Whether Keras keeps a slot for a weight.</summary>
    public bool Keeps(string slot, LiveWeight weight) => !_rule.SlotNames.Contains(slot) || _rule.Keeps(slot, weight);

    /// <summary>Whether Keras keeps a slot for a weight and never reads it.</summary>
    public bool IsUnused(string slot, LiveWeight weight) => _rule.SlotNames.Contains(slot) && _rule.IsUnused(slot, weight);

    /// <summary>Makes the weights their average for measuring, or what training changes. Before the first step they are the same.</summary>
    public void UseAverage(bool average)
    {
        if (IsAveraged == average) return;
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        if (_weights.Length > 0 && Iterations > 0) _rule.SwapAverage(_weights, average);
        IsAveraged = average;
    }

    /// <summary>A copy of the state.</summary>
    public OptimizerState Save()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var arrays = _weights.SelectMany(state => state.Named())
            .ToDictionary(kept => kept.Name, kept => Tensors.ToArray(kept.Values), StringComparer.Ordinal);
        return new(_steps, _rate, LossScale.Factor, LossScale.FiniteSteps, arrays);
    }

    /// <summary>Takes a state back, whole or not at all.</summary>
    /// <exception cref="DeepGpuArgumentException">The state is of another optimizer or model.</exception>
    public void Restore(OptimizerState state)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var kept = _weights.SelectMany(weight => weight.Named().Select(named => (weight, named.Name, named.Values))).ToList();
        foreach (var (_, name, values) in kept) CheckFits(state, name, values);
        if (state.Arrays.Count != kept.Count) throw WrongState(state, $"a state of {state.Arrays.Count} arrays instead of {kept.Count}");
        foreach (var (weight, name, values) in kept) weight.Load(name, Tensors.From(state.Arrays[name], values.device));
        (_steps, _rate, LossScale.Factor, LossScale.FiniteSteps) = (state.Steps, state.LearningRate, state.LossScale, state.FiniteSteps);
    }

    public void Dispose()
    {
        foreach (var state in _weights) state.Dispose();
    }

    /// <summary>Refuses slots that the description does not state, and frees them.</summary>
    private void CheckSlots()
    {
        try
        {
            _rule.CheckSlots(_weights);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the next step changes weights; else it only gathers gradients.</summary>
    private bool IsUpdate => _options.GradientAccumulationSteps is not { } steps || (_steps + 1) % steps == 0;

    /// <summary>Whether processes add their gradients up only where weights change.</summary>
    private bool Accumulates => _options.GradientAccumulationSteps is not null;

    private void Accumulate(WeightBatch batch)
    {
        HasChanged = true;
        GradientChange.Accumulate(batch);
    }

    /// <summary>Until the first weight changes only the gradients do, which another attempt computes again.</summary>
    private void Update(WeightBatch batch, double rate, StepWatch watch)
    {
        watch.Before(StepPhase.Clip, 0);
        if (_options.GradientAccumulationSteps is { } steps) GradientChange.Mean(batch, steps);
        if (Accumulates) Group?.Sum(batch.Gradients.Reverse());
        GradientChange.Clip(batch.Gradients, _options);
        HasChanged = true;
        if (Iterations == 0) _rule.Begin(_weights);
        foreach (var (multiplier, part) in batch.ByRate()) Change(part, rate * multiplier, watch);
        if (_options.GradientAccumulationSteps is not null) GradientChange.Clear(batch);
    }

    private void Change(WeightBatch part, double rate, StepWatch watch)
    {
        GradientChange.Decay(part, rate);
        watch.Before(StepPhase.Update, 0);
        _rule.Apply(part, rate, Iterations + 1);
    }

    /// <summary>The averages begin as the weights after the first step.</summary>
    private void Average(StepWatch watch)
    {
        watch.Before(StepPhase.Average, 0);
        GradientChange.Average(_weights, Iterations == 0 ? 1 : 1 - _options.EmaMomentum);
        if (_options.EmaOverwriteFrequency is { } frequency && (Iterations + 1) % frequency == 0) GradientChange.Overwrite(_weights);
    }

    private double CheckedRate()
        => LearningRate is >= 0 and < double.PositiveInfinity and var rate ? rate : throw new ModelStateException(new(
            "learning_rate",
            "The learning rate of a step must be finite and at least 0,",
            FormattableString.Invariant($"but the schedule {_options.LearningRate.GetType().Name} gives {LearningRate} at step {_steps}."),
            "Correct the schedule."));

    private static void CheckFits(OptimizerState state, string name, torch.Tensor values)
    {
        if (!state.Arrays.TryGetValue(name, out var array)) throw WrongState(state, $"a state without '{name}'");
        if (Tensors.ScalarTypeOf(array.Type) != values.dtype || !array.Shape.Select(length => (long)length).SequenceEqual(values.shape))
            throw WrongState(state, $"a state whose '{name}' is {array.TypeAndShape}");
    }

    private static DeepGpuArgumentException WrongState(OptimizerState state, string received)
        => new(new("optimizer_state", "An optimizer takes back only a state of its own kind and weights,", $"but receives {received}.",
            "Use the model and optimizer that the state was made with."), nameof(state));

    private static ModelStateException NoGradient() => new(new(
        "no_gradient",
        "A step needs a gradient for at least one weight,",
        "but no weight has one: the loss does not depend on them.",
        "Check that the loss uses the model's outputs, and that what it computes keeps gradients."));
}
