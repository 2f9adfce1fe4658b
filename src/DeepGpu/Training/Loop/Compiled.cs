using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Optimizers;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>What <c>Compile</c> made of a model: how losses and metrics are computed, how a step is taken, and how many were.</summary>
internal sealed class Compiled : IDisposable
{
    private readonly LiveGraph _graph;
    private readonly CompiledOutput[] _outputs;
    private readonly IReadOnlySet<int> _logits;
    private readonly LiveWeight[] _penalized;
    private readonly LiveWeight[] _constrained;
    private readonly torch.Tensor[] _moved = [];
    private readonly bool _changesInPass;
    private readonly bool _isApart;

    public Compiled(
        ModelSpec spec,
        LiveGraph graph,
        IReadOnlyList<LiveWeight> weights,
        CompileOptions options,
        torch.Device device,
        Extensions? extensions = null)
    {
        var own = extensions ?? Extensions.None;
        OwnTraining.Check(options, own);
        (_graph, Weights, Options) = (graph, weights, options);
        MemoryDemand.Training(options.Optimizer, weights, device);
        IsTrainable = weights.Any(weight => weight.IsTrainable);
        StatefulLayers = [.. graph.Sequences.Where(layer => layer.IsStateful)];
        _changesInPass = StatefulLayers.Count > 0 || weights.Any(weight => weight.Spec.IsChangedByTraining);
        Stepper = OptimizerStepper.Create(options.ScalesLossOf(weights) ? options.Optimizer.WithLossScaling() : options.Optimizer,
            weights, own);
        Group = Stepper.Group = ReplicaGroup.Of(options.Distribution);
        if (Group is not null) _moved = [.. weights.Where(weight => weight.Spec.IsChangedByTraining || weight.IsChangedByPasses)
            .Select(weight => weight.Tensor)];
        var taken = new HashSet<string>(StringComparer.Ordinal) { "loss" };
        MetricNames[] names = [.. options.Outputs.Select((_, i) => new MetricNames(Prefix(spec, i), taken))];
        string[] losses = names.Length == 1 ? []
            : [.. names.Zip(options.Outputs).Where(output => output.Second.Loss is not null).Select(output => output.First.OfLoss())];
        LossNames = ["loss", .. losses];
        _outputs = [.. options.Outputs
            .Select((output, i) => new CompiledOutput(output, names[i], graph.OutputActivations[i], options.CustomLoss is null, device))];
        _logits = graph.LogitSlots([.. _outputs.Select(output => output.TakesLogits)]);
        _penalized = [.. weights.Where(weight => weight is { IsTrainable: true, Spec.Regularizer: not null })];
        _constrained = [.. weights.Where(weight => weight is { IsTrainable: true, Spec.Constraint: not null })];
    }

    /// <summary>The same with sums of its own, which measures beside a training. Weights, optimizer and counters are the other
    /// one's.</summary>
    private Compiled(Compiled other, torch.Device device)
    {
        (_graph, Weights, StatefulLayers) = (other._graph, other.Weights, other.StatefulLayers);
        (Options, Stepper, LossNames, Gate, Group) = (other.Options, other.Stepper, other.LossNames, other.Gate, other.Group);
        (_logits, _penalized, _constrained, _isApart) = (other._logits, other._penalized, other._constrained, true);
        _outputs = [.. other._outputs.Select(output => output.Apart(device))];
    }

    public CompileOptions Options { get; }

    /// <summary>The processes that train the model together; null for this one alone.</summary>
    public ReplicaGroup? Group { get; }

    /// <summary>Keeps the weights whole for those who read them meanwhile.</summary>
    public WeightGate Gate { get; init; } = new();

    public IReadOnlyList<LiveWeight> Weights { get; }

    /// <summary>Whether there is a weight that training may change; else it only measures, as in Keras.</summary>
    public bool IsTrainable { get; }

    /// <summary>The layers that keep states from batch to batch.</summary>
    public IReadOnlyList<LiveSequence> StatefulLayers { get; }

    public OptimizerStepper Stepper { get; }

    /// <summary>The names of the losses in the logs, the total first.</summary>
    public IReadOnlyList<string> LossNames { get; }

    /// <summary>Steps taken since it was compiled.</summary>
    public long Steps { get; set; }

    /// <summary>Epochs begun since it was compiled.</summary>
    public int Epochs { get; set; }

    public IEnumerable<(string Name, MetricState State)> Metrics => _outputs.SelectMany(output => output.Metrics);

    /// <summary>How often the metrics began again.</summary>
    public int Round { get; private set; }

    /// <summary>Notes that sums which single batches went on from count no longer.</summary>
    public void BeginRound() => Round++;

    /// <summary>The same, with sums of its own: to measure beside a training.</summary>
    public Compiled Apart(torch.Device device) => new(this, device);

    /// <summary>Resets the metrics.</summary>
    public void ResetMetrics()
    {
        BeginRound();
        foreach (var (_, metric) in Metrics) metric.Reset();
    }

    /// <summary>Losses and metrics so far, by their keys.</summary>
    /// <param name="losses">The losses.</param>
    /// <param name="together">Whether those of all processes, which then all call it.</param>
    public Dictionary<string, double> Read(EpochLogs losses, bool together)
    {
        using var scope = torch.NewDisposeScope();
        var logs = losses.Read(together ? Group : null);
        var sums = together && Group is not null ? Group.Summed([.. Metrics.Select(metric => metric.State.Sums)]) : null;
        foreach (var ((name, metric), i) in Metrics.Select((metric, i) => (metric, i))) metric.WriteTo(logs, name, sums?[i]);
        return logs;
    }

    /// <summary>Losses and outputs of a batch, in the caller's scope.</summary>
    /// <param name="batch">The batch, or a part of one.</param>
    /// <param name="context">What kind of pass it is.</param>
    /// <param name="whole">The batch that it is a part of; null if it is none.</param>
    public StepResult Forward(TensorBatch batch, ForwardContext context, TensorBatch? whole = null)
    {
        _graph.Memory.Demand(batch.Inputs, context.IsTraining && context.Tape is null);
        if (Options.CustomLoss is { } custom) return Custom(custom, new(_graph, batch, context), context);
        var outputs = _graph.Run([.. batch.Inputs.Select(input => new Signal(input))], context, _logits);
        var means = _outputs.Select((output, i) =>
            output.LossOf(batch.Targets[i], outputs[i], batch.WeightsOf(i), Part.Of(batch, whole ?? batch, i, context.Joint))).ToList();
        var total = means.Zip(_outputs, (mean, output) => mean is null || output.LossWeight == 1 ? mean : mean * Number(output.LossWeight))
            .OfType<torch.Tensor>().Aggregate((a, b) => a.Plus(b));
        IEnumerable<torch.Tensor> each = _outputs.Length == 1 ? [] : means.OfType<torch.Tensor>();
        return new([WithPenalties(total, context), .. each], Detached(outputs));
    }

    /// <summary>Adds a batch to the losses and metrics of a pass that measures. Call without gradients.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="logs">Where the losses are added.</param>
    /// <param name="parts">In how many parts it is run; each is freed before the next.</param>
    public void Measure(TensorBatch batch, EpochLogs logs, PartSize parts)
    {
        if (Group is not null) MeasureTogether(batch, logs, Group);
        else foreach (var part in parts.Of(batch)) MeasurePart(part, batch, logs);
    }

    /// <summary>Keeps readers out for a whole step, where the passes themselves change what they read: moving statistics, states of
    /// recurrent layers.</summary>
    public WeightGate.Held WholeStep() => _changesInPass ? Gate.Write() : default;

    /// <summary>Changes the weights by their gradients.</summary>
    /// <param name="watch">Who is told of the parts.</param>
    public void Step(StepWatch watch)
    {
        using var writing = Gate.Write();
        Stepper.Step(watch);
        foreach (var weight in _constrained) weight.Constrain();
        Group?.FromFirst(_moved);
        Steps++;
    }

    /// <summary>Makes the weights the average of an optimizer without a schedule, or what training changes.</summary>
    public void UseAverage(bool average)
    {
        if (Stepper.IsAveraged == average) return;
        using var writing = Gate.Write();
        Stepper.UseAverage(average);
    }

    /// <summary>Makes the weights their averages, if they are kept.</summary>
    public void Finish()
    {
        using var writing = Gate.Write();
        Stepper.Finish();
    }

    /// <summary>Exchanges weights and averages; a second call undoes the first.</summary>
    public void SwapAverages()
    {
        using var writing = Gate.Write();
        Stepper.SwapAverages();
    }

    public void UpdateMetrics(TensorBatch batch, StepResult result)
    {
        for (var i = 0; i < Math.Min(_outputs.Length, result.Outputs.Count); i++)
            _outputs[i].UpdateMetrics(batch.Targets[i], result.Outputs[i], batch.WeightsOf(i));
    }

    /// <summary>The first statistic that passes move, of batch normalisation for example, that is not finite; null if all are.</summary>
    public LiveWeight? NonFiniteStatistic()
        => Weights.FirstOrDefault(weight => weight.Spec.IsChangedByTraining && weight.Tensor.is_floating_point()
            && !weight.Tensor.isfinite().all().item<bool>());

    /// <summary>Whether the loss, every statistic that the pass moved and every gradient are finite; of gradients only the loss scale
    /// judges, if it adapts.
    /// Waits for the device.</summary>
    public bool IsFinite(torch.Tensor loss)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return loss.isfinite().item<bool>() && NonFiniteStatistic() is null && (Stepper.LossScale.Adapts
            || Weights.Select(weight => weight.Tensor.grad).OfType<torch.Tensor>().All(gradient => gradient.isfinite().all().item<bool>()));
    }

    /// <summary>The first layer whose output is not finite; null if all are.</summary>
    public string? FirstNonFiniteLayer(TensorBatch batch, ForwardContext context)
        => _graph.FirstNonFiniteLayer([.. batch.Inputs.Select(input => new Signal(input))], context);

    public void Dispose()
    {
        if (!_isApart) Stepper.Dispose();
        foreach (var output in _outputs) output.Dispose();
    }

    private void MeasurePart(TensorBatch part, TensorBatch batch, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        var result = Forward(part, ForwardContext.Measuring((double)part.Size / batch.Size), batch);
        UpdateMetrics(part, result);
        logs.Add(result.Losses, part.Size);
    }

    /// <summary>Every process runs its part at the same time: means over parts need all of them.</summary>
    private void MeasureTogether(TensorBatch batch, EpochLogs logs, ReplicaGroup group)
    {
        using var scope = torch.NewDisposeScope();
        var (part, isIdle) = group.PartOf(batch);
        var result = Forward(part, ForwardContext.Measuring((double)part.Size / batch.Size, new JointPass(group, isIdle)), batch);
        if (isIdle) return;
        UpdateMetrics(part, result);
        logs.Add(result.Losses, part.Size);
    }

    private static string Prefix(ModelSpec spec, int output) => spec.Outputs.Count == 1 ? "" : spec.Outputs[output].Node.Name + "_";

    private StepResult Custom(Func<TrainingStep, torch.Tensor> loss, TrainingStep step, ForwardContext context)
    {
        var total = WithPenalties(CustomLoss.Total(loss, step, context.IsTraining && IsTrainable), context);
        return new([total], Detached(step.Outputs ?? []));
    }

    private static Signal[] Detached(IReadOnlyList<Signal> outputs)
        => [.. outputs.Select(output => output with { Tensor = output.Tensor.detach() })];

    private torch.Tensor WithPenalties(torch.Tensor loss, ForwardContext context)
        => context.Penalties.Concat(_penalized.Select(weight => weight.Penalty())).Aggregate(loss, (sum, penalty) => sum.Plus(penalty));
}
