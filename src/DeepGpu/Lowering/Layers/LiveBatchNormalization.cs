using DeepGpu.Models;
using DeepGpu.Operations;
using DeepGpu.Replicas;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Batch normalisation with Keras's moving statistics (biased variance), masks and renormalisation.</summary>
internal sealed class LiveBatchNormalization(BatchNormalization layer, LoweringContext context) : LiveLayer, IPlannedLayer
{
    private readonly LiveWeight? _gamma = context.OptionalWeight("gamma");
    private readonly LiveWeight? _beta = context.OptionalWeight("beta");
    private readonly LiveWeight _mean = context.Weight("moving_mean");
    private readonly LiveWeight _variance = context.Weight("moving_variance");
    private readonly LiveRenormalization? _renorm = layer.Renorm ? new(layer, context) : null;
    private readonly bool _isTrainable = context.IsTrainable;

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var (x, mask) = inputs[0];
        var axis = layer.Axis < 0 ? layer.Axis + x.dim() : layer.Axis;
        var channels = x.dim() == 2 || axis == 1 ? x : torch.movedim(x, axis, 1);
        var widened = Widened(channels);
        var normalized = (context.IsTraining && _isTrainable ? Trained(widened, mask, axis, context) : Fixed(widened)).to(x.dtype);
        return [new(ReferenceEquals(channels, x) ? normalized : torch.movedim(normalized, 1, axis), mask)];
    }

    public PlanStep? Plan(Shape input, Shape output)
    {
        if (_renorm is not null || (layer.Axis != -1 && layer.Axis != input.Rank - 1)) return null;
        if (!PlanWeights.Serve(_gamma, _beta, _mean, _variance)) return null;
        nint[] weights = [.. new[] { _gamma, _beta, _mean, _variance }.Select(PlanWeights.Of)];
        return new NormalizationStep(layer, weights, (int)input.SampleElements!.Value, input[^1]!.Value);
    }

    /// <summary>By the batch's own statistics, towards which the layer's are moved once.</summary>
    private torch.Tensor Trained(torch.Tensor x, torch.Tensor? mask, long axis, ForwardContext context)
    {
        var joint = context.Joint is { Group.SynchronizesStatistics: true } ? context.Joint : null;
        return joint is null && mask is null && _renorm is null && x.NumberOfElements > x.shape[1]
            ? Batch(x, context.IsRepeat)
            : Weighted(Floats.AtLeastSingle(x), mask, axis, context.IsRepeat, joint);
    }

    /// <summary>Halves in single precision, as Keras computes them; torch's kernels on a GPU do so by themselves.</summary>
    private static torch.Tensor Widened(torch.Tensor x) => x.device_type == DeviceType.CPU ? Floats.AtLeastSingle(x) : x;

    /// <summary>A weight in single precision or better, whatever the layer computes in.</summary>
    private static torch.Tensor? Wide(LiveWeight? weight) => weight is null ? null : Floats.AtLeastSingle(weight.Tensor);

    private torch.Tensor Fixed(torch.Tensor x)
        => F.batch_norm(x, Wide(_mean)!, Wide(_variance)!, Wide(_gamma), Wide(_beta), training: false, eps: layer.Epsilon);

    /// <summary>torch's fused kernel, for more than one value a channel: torch's variance of one is not a number, Keras's is 0. Momentum 1
    /// makes it write the batch's own mean and unbiased variance,
    /// from which Keras's follow.</summary>
    private torch.Tensor Batch(torch.Tensor x, bool isRepeat)
    {
        var (mean, variance) = (torch.zeros_like(Wide(_mean)!).detach(), torch.zeros_like(Wide(_variance)!).detach());
        var normalized = F.batch_norm(x, mean, variance, Wide(_gamma), Wide(_beta), training: true, momentum: 1, eps: layer.Epsilon);
        var samples = (double)(x.NumberOfElements / x.shape[1]);
        if (!isRepeat) Move(mean, variance * Number((samples - 1) / samples));
        return normalized;
    }

    private torch.Tensor Weighted(torch.Tensor x, torch.Tensor? mask, long axis, bool isRepeat, JointPass? joint)
    {
        var (mean, variance) = joint is null ? Moments(x, mask, axis) : JointMoments(x, mask, axis, joint);
        var result = _renorm is null
            ? (x - Shaped(mean, x)) * Shaped(variance.Plus(layer.Epsilon).rsqrt(), x)
            : _renorm.Normalize(x, mean, variance, vector => Shaped(vector, x));
        if (!isRepeat) Move(mean.detach(), variance.detach());
        if (_renorm is not null) SetVariance(_renorm.MovingDeviation);
        if (Wide(_gamma) is { } gamma) result = result * Shaped(gamma, x);
        return Wide(_beta) is { } beta ? result.Plus(Shaped(beta, x)) : result;
    }

    /// <summary>Mean and biased variance over everything but the channels; masked steps do not count.</summary>
    private static (torch.Tensor Mean, torch.Tensor Variance) Moments(torch.Tensor x, torch.Tensor? mask, long axis)
    {
        long[] others = [.. Enumerable.Range(0, (int)x.dim()).Select(a => (long)a).Where(a => a != 1)];
        if (mask is null) return (x.mean(others), x.var(others, unbiased: false));
        var weights = MaskWeights(x, mask, axis);
        var total = weights.sum(others).Plus(1e-7);
        var mean = (x * weights).sum(others) / total;
        var centred = (x - Shaped(mean, x)) * weights;
        return (mean, (centred * (x - Shaped(mean, x))).sum(others) / total);
    }

    /// <summary>The same over the parts of all processes.</summary>
    private static (torch.Tensor Mean, torch.Tensor Variance) JointMoments(torch.Tensor x, torch.Tensor? mask, long axis, JointPass joint)
    {
        long[] others = [.. Enumerable.Range(0, (int)x.dim()).Select(a => (long)a).Where(a => a != 1)];
        var weights = mask is null ? torch.ones_like(x) : MaskWeights(x, mask, axis);
        var total = joint.Total(weights.sum(others));
        if (mask is not null) total = total.Plus(1e-7);
        var mean = joint.Summed((x * weights).sum(others)) / total;
        var centred = x - Shaped(mean, x);
        return (mean, joint.Summed((centred * centred * weights).sum(others)) / total);
    }

    /// <summary>The mask (batch, ...) as weights of the shape of x, whose channels have been moved to axis 1.</summary>
    private static torch.Tensor MaskWeights(torch.Tensor x, torch.Tensor mask, long axis)
    {
        var weights = mask.to(x.dtype);
        while (weights.dim() < x.dim()) weights = weights.unsqueeze(-1);
        return (axis == 1 ? weights : torch.movedim(weights, axis, 1)).expand(x.shape);
    }

    private void Move(torch.Tensor mean, torch.Tensor variance)
    {
        using var noGradient = torch.no_grad();
        _mean.Tensor.mul_(Number(layer.Momentum)).add_(mean.to(_mean.Tensor.dtype), alpha: Number(1 - layer.Momentum));
        _variance.Tensor.mul_(Number(layer.Momentum)).add_(variance.to(_variance.Tensor.dtype), alpha: Number(1 - layer.Momentum));
    }

    private void SetVariance(torch.Tensor deviation)
    {
        using var noGradient = torch.no_grad();
        _variance.Tensor.copy_((deviation.Squared() - Number(layer.Epsilon)).relu());
    }

    private static torch.Tensor Shaped(torch.Tensor vector, torch.Tensor x)
        => vector.reshape([1, -1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);
}
