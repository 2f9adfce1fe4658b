using DeepGpu.Models;

namespace DeepGpu;

/// <summary>What a model is trained towards, and how.</summary>
/// <param name="Optimizer">How weights are changed.</param>
/// <param name="Outputs">For each output of the model, its loss and metrics.</param>
public sealed record CompileOptions(Optimizer Optimizer, IReadOnlyList<OutputTraining> Outputs)
{
    /// <summary>The loss of a batch in place of the outputs' losses; null for those. Called once a step, with gradients recorded.</summary>
    public Func<TrainingStep, TorchSharp.torch.Tensor>? CustomLoss { get; init; }

    /// <summary>The processes that train the model together; null for this one alone. Not written to files.</summary>
    public DataParallel? Distribution { get; init; }

    /// <summary>Whether an optimizer without a loss scale gets one that adapts, where layers compute in half precision and keep weights in
    /// single precision. Default true.</summary>
    public bool AutoScaleLoss { get; init; } = true;

    internal bool ScalesLossOf(IReadOnlyList<LiveWeight> weights)
        => AutoScaleLoss && Optimizer.LossScaleFactor is null && weights.Any(weight => weight.IsMixedHalf);
}

/// <summary>How one output is trained and measured.</summary>
/// <param name="Loss">What training makes small; null for an output that is only predicted.</param>
/// <param name="Metrics">What is followed beside it, every sample counting alike.</param>
public sealed record OutputTraining(Loss? Loss, params IReadOnlyList<Metric> Metrics)
{
    /// <summary>How much the loss counts in the total, at least 0 and finite in single precision. Default 1.</summary>
    public double LossWeight
    {
        get;
        init => field = value >= 0 && float.IsFinite((float)value)
            ? value
            : throw Require.OutOfRange(nameof(OutputTraining), nameof(LossWeight), "at least 0 and finite in single precision", value);
    } = 1;

    /// <summary>What is followed with the samples weighted as the loss weighs them.</summary>
    public IReadOnlyList<Metric> WeightedMetrics { get; init; } = [];
}
