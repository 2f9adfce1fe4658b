using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-log(probability of the target class), targets class indices.
/// Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
[KerasClass(MeanMetric = nameof(SparseCategoricalCrossentropy))]
public sealed class SparseCategoricalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>A target that does not count, e.g. -1 or 255 for "no class": its loss is 0 and a mean is over the others.
    /// Default null: every target counts.</summary>
    public int? IgnoreClass { get; init; }

    /// <summary>The axis of the classes. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    internal override TargetForm Form => TargetForm.ClassIndex;

    internal override int ClassAxis => Axis;

    /// <summary>True for softmax over the same axis: log-softmax of the logits never takes the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax && !FromLogits && Axis == -1;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var logs = Crossentropy.LogProbabilities(output, isLogits || FromLogits, Axis);
        var last = Axis == -1 ? logs : torch.movedim(logs, Axis, -1);
        var classes = target.to(torch.ScalarType.Int64).reshape(last.shape[..^1]);
        if (IgnoreClass is not { } ignored) return -Chosen(last, classes);
        var isIgnored = classes.eq(Number(ignored));
        return (-Chosen(last, classes.masked_fill(isIgnored, Number(0)))).masked_fill(isIgnored, Number(0));
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        if (output[TargetChecks.Axis(Axis, output.Rank, Name)] is { } classes)
            TargetValues.AreClassIndices(targets, classes, Name, IgnoreClass);
    }

    internal override torch.Tensor? Counted(torch.Tensor target, torch.Tensor losses)
        => IgnoreClass is { } ignored ? target.to(torch.ScalarType.Int64).reshape(losses.shape).ne(Number(ignored)) : null;

    private static torch.Tensor Chosen(torch.Tensor logs, torch.Tensor classes) => logs.gather(-1, classes.unsqueeze(-1)).squeeze(-1);
}
