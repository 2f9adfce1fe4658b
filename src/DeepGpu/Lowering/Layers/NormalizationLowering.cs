using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Normalisation over the batch, over samples, over groups.</summary>
internal static class NormalizationLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<BatchNormalization>((layer, context) => new LiveBatchNormalization(layer, context))
        .With<LayerNormalization>((layer, context) => new LiveLayerNormalization(layer, context))
        .With<GroupNormalization>((layer, context) => new LiveGroupNormalization(layer, context))
        .With<RMSNormalization>((layer, context) => new LiveRmsNormalization(layer, context))
        .With<UnitNormalization>(layer => new LiveFunction(
            x => x / x.Squared().sum(Longs(layer.Axis, x), keepdim: true).clamp_min(Number(1e-12)).sqrt(), passesMask: true))
        .With<LayerScale>((_, context) => new LiveScale(context.Weight("gamma")))
        .With<Rescaling>((layer, context) => new LiveRescaling(layer, context))
        .With<Normalization>((layer, context) => new LiveNormalization(layer, context));

    private static long[] Longs(Axes axes, torch.Tensor x) => [.. axes.In((int)x.dim()).Select(axis => (long)axis)];

    /// <summary>A vector along the named axes, shaped so that it broadcasts over the others.</summary>
    private static torch.Tensor Along(torch.Tensor vector, torch.Tensor x, long[] axes)
        => vector.reshape([.. x.shape.Select((length, axis) => axes.Contains(axis) ? length : 1)]);

    private sealed class LiveScale(LiveWeight gamma) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input * gamma.Value;
    }

    private sealed class LiveLayerNormalization(LayerNormalization layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight? _gamma = context.OptionalWeight("gamma");
        private readonly LiveWeight? _beta = context.OptionalWeight("beta");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var axes = Longs(layer.Axis, input);
            var isTrailing = axes.SequenceEqual(Enumerable.Range(0, axes.Length).Select(i => input.dim() - axes.Length + i));
            if (isTrailing && !layer.RmsScaling)
                return F.layer_norm(input, input.shape[^axes.Length..], _gamma?.Value, _beta?.Value, layer.Epsilon);
            var centred = layer.RmsScaling ? input : input - input.mean(axes, keepdim: true);
            var spread = input - input.mean(axes, keepdim: true);
            var scaled = centred / spread.Squared().mean(axes, keepdim: true).Plus(layer.Epsilon).sqrt();
            if (_gamma is not null) scaled = scaled * Along(_gamma.Value, input, axes);
            return _beta is null ? scaled : scaled.Plus(Along(_beta.Value, input, axes));
        }
    }

    private sealed class LiveGroupNormalization(GroupNormalization layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight? _gamma = context.OptionalWeight("gamma");
        private readonly LiveWeight? _beta = context.OptionalWeight("beta");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var axis = Longs(layer.Axis, input)[0];
            var first = torch.movedim(input, axis, 1);
            var groups = layer.Groups == -1 ? first.shape[1] : layer.Groups;
            return torch.movedim(Normalized(first, groups), 1, axis);
        }

        /// <summary>torch cannot go back through an offset without a factor: it is then added by itself.</summary>
        private torch.Tensor Normalized(torch.Tensor first, long groups)
        {
            if (_gamma is not null || _beta is null) return F.group_norm(first, groups, _gamma?.Value, _beta?.Value, layer.Epsilon);
            return F.group_norm(first, groups, eps: layer.Epsilon).Plus(Along(_beta.Value, first, [1]));
        }
    }

    private sealed class LiveRmsNormalization(RMSNormalization layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _scale = context.Weight("scale");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var axes = Longs(layer.Axis, input);
            var scale = layer.ScaleOffset is { } offset ? _scale.Value.Plus(offset) : _scale.Value;
            return input * input.Squared().mean(axes, keepdim: true).Plus(layer.Epsilon).rsqrt() * Along(scale, input, axes);
        }
    }

    private sealed class LiveRescaling(Rescaling layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.Tensor _scale = context.Constant(torch.tensor(layer.Scale.ToArray()));
        private readonly torch.Tensor _offset = context.Constant(torch.tensor(layer.Offset.ToArray()));

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => (input.to(_scale.dtype) * _scale).Plus(_offset);
    }

    private sealed class LiveNormalization(Normalization layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight? _mean = context.OptionalWeight("mean");
        private readonly LiveWeight? _variance = context.OptionalWeight("variance");
        private readonly LiveWeight? _count = context.OptionalWeight("count");
        private readonly torch.Tensor? _givenMean = layer.Mean is { } mean ? context.Constant(torch.tensor(mean.ToArray())) : null;
        private readonly torch.Tensor? _givenVariance = layer.Variance is { } variance
            ? context.Constant(torch.tensor(variance.ToArray()))
            : null;

        /// <summary>How many samples mean and variance were learned from.</summary>
        public LiveWeight? Count => _count;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var (mean, deviation) = (Shaped(_givenMean ?? _mean!.Value, input),
                Shaped(_givenVariance ?? _variance!.Value, input).sqrt().clamp_min(Number(1e-7)));
            return layer.Invert ? (input * deviation).Plus(mean) : (input.to(mean.dtype) - mean) / deviation;
        }

        private torch.Tensor Shaped(torch.Tensor vector, torch.Tensor x)
            => layer.Axis is { } axis && vector.NumberOfElements > 1 ? Along(vector, x, Longs(axis, x)) : vector.reshape([]);
    }
}
