using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What <c>Compile</c> made of a model: how loss and metrics are computed and how a step is taken.</summary>
internal sealed class Compiled : IDisposable
{
    private readonly LiveGraph _graph;
    private readonly OptimizerStepper _stepper;
    private readonly LiveWeight[] _penalized;
    private readonly LiveWeight[] _constrained;
    private readonly bool _logits;

    public Compiled(LiveGraph graph, IReadOnlyList<LiveWeight> weights, Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics, torch.Device device)
    {
        _graph = graph;
        Loss = loss.ThatTrains();
        Metrics = [.. metrics.Select(metric => new MetricState(metric, device))];
        _stepper = OptimizerStepper.Create(optimizer, weights);
        _penalized = [.. weights.Where(weight => weight is { IsTrainable: true, Spec.Regularizer: not null })];
        _constrained = [.. weights.Where(weight => weight is { IsTrainable: true, Spec.Constraint: not null })];
        _logits = loss.TakesLogitsOf(graph.OutputActivations[0]);
    }

    public Loss Loss { get; }

    public IReadOnlyList<MetricState> Metrics { get; }

    /// <summary>Forward, backward, step. Returns the batch's mean loss in the caller's scope.</summary>
    public torch.Tensor TrainStep(torch.Tensor inputs, torch.Tensor targets, ForwardContext context)
    {
        _stepper.ClearGradients();
        var loss = ForwardLoss(inputs, targets, context);
        loss.backward();
        _stepper.Step();
        foreach (var weight in _constrained) weight.Constrain();
        return loss.detach();
    }

    /// <summary>Forward only. Updates the metrics and returns the batch's mean loss in the caller's scope.</summary>
    public torch.Tensor TestStep(torch.Tensor inputs, torch.Tensor targets) => ForwardLoss(inputs, targets, ForwardContext.Measuring());

    public void Dispose()
    {
        _stepper.Dispose();
        foreach (var metric in Metrics) metric.Dispose();
    }

    private torch.Tensor ForwardLoss(torch.Tensor inputs, torch.Tensor targets, ForwardContext context)
    {
        var output = _graph.Run([new(inputs)], context, _logits)[0].Tensor;
        UpdateMetrics(targets, output.detach());
        var loss = Loss.Compute(targets, output, _logits);
        return context.Penalties.Concat(_penalized.Select(weight => weight.Penalty())).Aggregate(loss, (sum, penalty) => sum + penalty);
    }

    private void UpdateMetrics(torch.Tensor targets, torch.Tensor output)
    {
        if (Metrics.Count == 0) return;
        var activated = _logits ? ActivationFunctions.Apply(_graph.OutputActivations[0], output.clone()) : output;
        foreach (var metric in Metrics) metric.Add(targets, activated);
    }
}
