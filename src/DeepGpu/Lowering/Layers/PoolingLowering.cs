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

    /// <summary>Pools padded windows: of a channels-first view, whatever the order of the axes.</summary>
    private abstract class LiveWindowPooling(WindowPooling layer, double padding) : UnaryLiveLayer
    {
        protected WindowPooling Layer { get; } = layer;

        protected long[] Window { get; } = Spatial.Longs(layer.PoolSize, layer.Spatial);

        protected long[] Strides { get; } = Spatial.Longs(layer.Strides ?? layer.PoolSize, layer.Spatial);

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var x = Spatial.ToChannelsFirst(input, Layer.DataFormat);
            var amounts = Spatial.Amounts(x, Layer.Padding, Layer.PoolSize, Layer.Strides ?? Layer.PoolSize, dilation: 1);
            return Spatial.FromChannelsFirst(Pool(x, Spatial.Pad(x, amounts, padding), amounts), Layer.DataFormat);
        }

        /// <summary>The windows' values.</summary>
        protected abstract torch.Tensor Pool(torch.Tensor x, torch.Tensor padded, (long Before, long After)[] amounts);
    }

    private sealed class LiveMaxPooling(WindowPooling layer) : LiveWindowPooling(layer, double.NegativeInfinity)
    {
        protected override torch.Tensor Pool(torch.Tensor x, torch.Tensor padded, (long Before, long After)[] amounts)
            => Layer.Spatial switch
            {
                1 => F.max_pool1d(padded, Window[0], Strides[0], ceil_mode: Layer.CeilMode),
                2 => F.max_pool2d(padded, Window, Strides, ceil_mode: Layer.CeilMode),
                _ => F.max_pool3d(padded, Window, Strides, ceil_mode: Layer.CeilMode),
            };
    }

    /// <summary>With padding, the mean is over the cells that exist: zeros are added, and the sum is divided by the
    /// share of real cells.</summary>
    private sealed class LiveAveragePooling(WindowPooling layer) : LiveWindowPooling(layer, padding: 0)
    {
        protected override torch.Tensor Pool(torch.Tensor x, torch.Tensor padded, (long Before, long After)[] amounts)
            => amounts.Any(amount => amount != (0, 0)) ? Pool(padded) / RealShare(x, amounts) : Pool(padded);

        private torch.Tensor RealShare(torch.Tensor x, (long Before, long After)[] amounts)
        {
            using var noGradient = torch.no_grad();
            return Pool(Spatial.Pad(torch.ones([1, 1, .. x.shape[2..]], x.dtype, x.device), amounts));
        }

        private torch.Tensor Pool(torch.Tensor x) => Layer.Spatial switch
        {
            1 => F.avg_pool1d(x, Window[0], Strides[0], ceil_mode: Layer.CeilMode),
            2 => F.avg_pool2d(x, Window, Strides, ceil_mode: Layer.CeilMode),
            _ => F.avg_pool3d(Widened(x), Window, Strides, ceil_mode: Layer.CeilMode).to(x.dtype),
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
