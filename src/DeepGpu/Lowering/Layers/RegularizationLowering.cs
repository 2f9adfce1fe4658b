using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers that act only while training: dropout, noise, penalties.</summary>
internal static class RegularizationLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Dropout>(layer => new LiveNoise((x, random) => Dropped(x, NoiseShape(x, layer), layer.Rate, random), layer.Rate > 0))
        .With<SpatialDropout1D>(Channels).With<SpatialDropout2D>(Channels).With<SpatialDropout3D>(Channels)
        .With<StochasticDepth>(layer =>
            new LiveNoise((x, random) => Dropped(x, [x.shape[0], .. Enumerable.Repeat(1L, (int)x.dim() - 1)], layer.DropPathRate, random),
                layer.DropPathRate > 0))
        .With<GaussianNoise>(layer =>
            new LiveNoise((x, random) => x.Plus(torch.empty_like(x).normal_(0, layer.Stddev, random)), layer.Stddev > 0))
        .With<GaussianDropout>(layer => new LiveNoise(
            (x, random) => x * torch.empty_like(x).normal_(1, Math.Sqrt(layer.Rate / (1 - layer.Rate)), random), layer.Rate > 0))
        .With<AlphaDropout>(layer => new LiveNoise((x, random) => AlphaDropped(x, layer.Rate, random), layer.Rate > 0))
        .With<ActivityRegularization>(layer => new LivePenalty(layer));

    /// <summary>Sets a share to 0 and scales the rest so that the mean stays; the pattern may be smaller and repeat.</summary>
    public static torch.Tensor Dropped(torch.Tensor x, long[] patternShape, double rate, torch.Generator? random)
        => x * Pattern(x, patternShape, rate, random);

    /// <summary>1 / (1 - rate) or 0.</summary>
    public static torch.Tensor Pattern(torch.Tensor like, long[] shape, double rate, torch.Generator? random)
        => torch.empty(shape, like.dtype, like.device).bernoulli_(1 - rate, random).div_(Number(1 - rate));

    private static LiveNoise Channels(SpatialDropout layer) => new(
        (x, random) => Dropped(x, [.. x.shape.Select((length, axis) =>
            axis == 0 || axis == (layer.DataFormat == DataFormat.ChannelsLast ? x.dim() - 1 : 1) ? length : 1)], layer.Rate, random),
        layer.Rate > 0);

    private static long[] NoiseShape(torch.Tensor x, Dropout layer)
        => layer.NoiseShape is { } shape ? [.. x.shape.Select((length, axis) => shape[axis] ?? length)] : x.shape;

    /// <summary>Klambauer et al., 2017: dropped values become SELU's lowest, then mean and variance are restored.</summary>
    private static torch.Tensor AlphaDropped(torch.Tensor x, double rate, torch.Generator? random)
    {
        const double Lowest = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946;
        var keep = torch.empty_like(x).bernoulli_(1 - rate, random);
        var a = 1 / Math.Sqrt((1 - rate) * (1 + rate * Lowest * Lowest));
        return (x * keep).Plus(keep.SubtractedFrom(1) * Number(Lowest)) * Number(a) - Number(a * Lowest * rate);
    }

    private sealed class LiveNoise(Func<torch.Tensor, torch.Generator?, torch.Tensor> change, bool isOn) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => context.IsTraining && isOn ? change(input, context.Random) : input;
    }

    private sealed class LivePenalty(ActivityRegularization layer) : UnaryLiveLayer
    {
        private readonly Regularizer _regularizer = new L1L2(layer.L1, layer.L2);

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            context.AddSum(_regularizer.Penalty(input));
            return input;
        }
    }
}
