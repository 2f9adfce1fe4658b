using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The share of samples whose target class is among the largest outputs, targets one-hot.
/// Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class TopKCategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "top_k_categorical_accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How many of the largest outputs count, at least 1. Default 5.</summary>
    public int K { get; init => field = Require.AtLeast(value, 1, nameof(TopKCategoricalAccuracy), nameof(K)); } = 5;

    internal override TargetForm Form => TargetForm.OneHot;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Matches.InTop(target.argmax(-1), output, K);
    }
}

/// <summary>The share of samples whose target class is among the largest outputs, targets class indices.
/// Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class SparseTopKCategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "sparse_top_k_categorical_accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How many of the largest outputs count, at least 1. Default 5.</summary>
    public int K { get; init => field = Require.AtLeast(value, 1, nameof(SparseTopKCategoricalAccuracy), nameof(K)); } = 5;

    /// <summary>Whether the outputs are class indices, the most likely first, instead of probabilities. Default false.</summary>
    public bool FromSortedIds { get; init; }

    internal override TargetForm Form => TargetForm.ClassIndex;

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreWhole(targets, Name);
    }

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var classes = target.to(torch.ScalarType.Int64).reshape(output.shape[..^1]);
        if (!FromSortedIds) return Matches.InTop(classes, output, K);
        var first = output.narrow(-1, 0, Math.Min(K, output.size(-1)));
        return first.to(torch.ScalarType.Int64).eq(classes.unsqueeze(-1)).any(-1);
    }
}
