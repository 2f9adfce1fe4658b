using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

/// <summary>Pooling over windows, over everything, and to a fixed size.</summary>
internal static class PoolingLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<MaxPooling1D>(layer => new LiveMaxPooling(layer)).With<MaxPooling2D>(layer => new LiveMaxPooling(layer))
        .With<MaxPooling3D>(layer => new LiveMaxPooling(layer))
        .With<AveragePooling1D>(layer => new LiveAveragePooling(layer)).With<AveragePooling2D>(layer => new LiveAveragePooling(layer))
        .With<AveragePooling3D>(layer => new LiveAveragePooling(layer))
        .With<GlobalMaxPooling1D>(GlobalMax).With<GlobalMaxPooling2D>(GlobalMax).With<GlobalMaxPooling3D>(GlobalMax)
        .With<GlobalAveragePooling1D>(layer => new LiveMaskedAverage(layer)).With<GlobalAveragePooling2D>(GlobalAverage)
        .With<GlobalAveragePooling3D>(GlobalAverage)
        .With<AdaptiveMaxPooling1D>(layer => Adaptive(layer, (x, n) => F.adaptive_max_pool1d(x, n[0])))
        .With<AdaptiveMaxPooling2D>(layer => Adaptive(layer, F.adaptive_max_pool2d))
        .With<AdaptiveMaxPooling3D>(layer => Adaptive(layer, AdaptiveMax3D))
        .With<AdaptiveAveragePooling1D>(layer => Adaptive(layer, (x, n) => F.adaptive_avg_pool1d(x, n[0])))
        .With<AdaptiveAveragePooling2D>(layer => Adaptive(layer, F.adaptive_avg_pool2d))
        .With<AdaptiveAveragePooling3D>(layer => Adaptive(layer, F.adaptive_avg_pool3d));

    /// <summary>The planes first, then the depth: a box's maximum is that of its planes' maxima.
    /// (TorchSharp's call of that name reaches the kernel for one axis.)</summary>
    private static torch.Tensor AdaptiveMax3D(torch.Tensor x, long[] size)
    {
        var planes = F.adaptive_max_pool2d(x.flatten(1, 2), size[1..]).reshape([.. x.shape[..3], .. size[1..]]);
        var columns = planes.permute(0, 1, 3, 4, 2);
        return F.adaptive_max_pool1d(columns.flatten(1, 3), size[0]).reshape([.. columns.shape[..4], size[0]]).permute(0, 1, 4, 2, 3);
    }

    private static LiveFunction GlobalMax(GlobalPooling layer) => new(x => x.amax(SpatialAxes(layer), layer.KeepDims));

    private static LiveFunction GlobalAverage(GlobalPooling layer) => new(x => x.mean(SpatialAxes(layer), layer.KeepDims));

    private static LiveFunction Adaptive(AdaptivePooling layer, Func<torch.Tensor, long[], torch.Tensor> pool) => new(x =>
        Spatial.FromChannelsFirst(pool(Spatial.ToChannelsFirst(x, layer.DataFormat), Spatial.Longs(layer.OutputSize, layer.Spatial)),
            layer.DataFormat));

    private static long[] SpatialAxes(GlobalPooling layer)
        => [.. Enumerable.Range(layer.DataFormat == DataFormat.ChannelsLast ? 1 : 2, layer.Spatial).Select(axis => (long)axis)];

    private sealed class LiveMaxPooling(WindowPooling layer) : UnaryLiveLayer
    {
        private readonly long[] _window = Spatial.Longs(layer.PoolSize, layer.Spatial);
        private readonly long[] _strides = Spatial.Longs(layer.Strides ?? layer.PoolSize, layer.Spatial);

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var x = Spatial.ToChannelsFirst(input, layer.DataFormat);
            var amounts = Spatial.Amounts(x, layer.Padding, layer.PoolSize, layer.Strides ?? layer.PoolSize, dilation: 1);
            return Spatial.FromChannelsFirst(Pool(Spatial.Pad(x, amounts, double.NegativeInfinity)), layer.DataFormat);
        }

        private torch.Tensor Pool(torch.Tensor x) => layer.Spatial switch
        {
            1 => F.max_pool1d(x, _window[0], _strides[0], ceil_mode: layer.CeilMode),
            2 => F.max_pool2d(x, _window, _strides, ceil_mode: layer.CeilMode),
            _ => F.max_pool3d(x, _window, _strides, ceil_mode: layer.CeilMode),
        };
    }

    /// <summary>With padding, the mean is over the cells that exist: zeros are added, and the sum is divided by the
    /// share of real cells.</summary>
    private sealed class LiveAveragePooling(WindowPooling layer) : UnaryLiveLayer
    {
        private readonly long[] _window = Spatial.Longs(layer.PoolSize, layer.Spatial);
        private readonly long[] _strides = Spatial.Longs(layer.Strides ?? layer.PoolSize, layer.Spatial);

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var x = Spatial.ToChannelsFirst(input, layer.DataFormat);
            var amounts = Spatial.Amounts(x, layer.Padding, layer.PoolSize, layer.Strides ?? layer.PoolSize, dilation: 1);
            var pooled = Pool(Spatial.Pad(x, amounts));
            if (amounts.Any(a => a != (0, 0))) pooled = pooled / RealShare(x, amounts);
            return Spatial.FromChannelsFirst(pooled, layer.DataFormat);
        }

        private torch.Tensor RealShare(torch.Tensor x, (long Before, long After)[] amounts)
        {
            using var noGradient = torch.no_grad();
            return Pool(Spatial.Pad(torch.ones([1, 1, .. x.shape[2..]], x.dtype, x.device), amounts));
        }

        private torch.Tensor Pool(torch.Tensor x) => layer.Spatial switch
        {
            1 => F.avg_pool1d(x, _window[0], _strides[0], ceil_mode: layer.CeilMode),
            2 => F.avg_pool2d(x, _window, _strides, ceil_mode: layer.CeilMode),
            _ => F.avg_pool3d(Widened(x), _window, _strides, ceil_mode: layer.CeilMode).to(x.dtype),
        };

        /// <summary>torch has no kernel for halves along three axes on a processor.</summary>
        private static torch.Tensor Widened(torch.Tensor x) => x.device_type == DeviceType.CPU ? Floats.AtLeastSingle(x) : x;
    }

    /// <summary>The mean over time of the steps that are not padding; of a sample without such a step it is not a number,
    /// as in Keras.</summary>
    private sealed class LiveMaskedAverage(GlobalAveragePooling1D layer) : LiveLayer
    {
        private readonly long[] _time = SpatialAxes(layer);

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (x, mask) = inputs[0];
            if (mask is null) return [new(x.mean(_time, layer.KeepDims))];
            var counted = mask.unsqueeze(layer.DataFormat == DataFormat.ChannelsLast ? -1 : 1);
            var sum = x.masked_fill(counted.logical_not(), Number(0)).sum(_time, layer.KeepDims);
            return [new(sum / counted.to(x.dtype).sum(_time, layer.KeepDims))];
        }
    }
}
