using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Batch renormalisation: the batch's statistics are corrected towards running ones. Ioffe, 2017.</summary>
internal sealed class LiveRenormalization(BatchNormalization layer, LoweringContext context)
{
    private readonly LiveWeight _movingDeviation = context.Weight("moving_stddev");
    private readonly LiveWeight _mean = context.Weight("renorm_mean");
    private readonly LiveWeight _deviation = context.Weight("renorm_stddev");

    /// <summary>The moving deviation after the step; the layer's moving variance is its square.</summary>
    public torch.Tensor MovingDeviation => _movingDeviation.Tensor;

    /// <summary>Normalises, then moves the running statistics.
    /// A running deviation below the root of epsilon, as at the start, counts as that.</summary>
    public torch.Tensor Normalize(torch.Tensor x, torch.Tensor mean, torch.Tensor variance, Func<torch.Tensor, torch.Tensor> shaped)
    {
        var deviation = variance.Plus(layer.Epsilon).sqrt();
        var running = _deviation.Tensor.clamp_min(Number(Math.Sqrt(layer.Epsilon)));
        var factor = Clipped((deviation / running).detach(), layer.RenormClipping?.Rmin, layer.RenormClipping?.Rmax);
        var offset = Clipped(((mean - _mean.Tensor) / running).detach(), -layer.RenormClipping?.Dmax, layer.RenormClipping?.Dmax);
        Move(_mean, mean, layer.RenormMomentum);
        Move(_deviation, deviation, layer.RenormMomentum);
        Move(_movingDeviation, deviation, layer.Momentum);
        return ((x - shaped(mean)) / shaped(deviation) * shaped(factor)).Plus(shaped(offset));
    }

    private static torch.Tensor Clipped(torch.Tensor x, double? low, double? high)
    {
        var above = low is { } l ? x.clamp_min(Number(l)) : x;
        return high is { } h ? above.clamp_max(Number(h)) : above;
    }

    private static void Move(LiveWeight weight, torch.Tensor value, double momentum)
    {
        using var noGradient = torch.no_grad();
        weight.Tensor.mul_(Number(momentum)).add_(value.detach().to(weight.Tensor.dtype), alpha: Number(1 - momentum));
    }
}
