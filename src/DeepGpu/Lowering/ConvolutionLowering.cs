using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

/// <summary>Convolutions and pooling on (batch, height, width, channels).</summary>
/// <remarks>A contiguous NHWC tensor seen as NCHW is torch's channels_last format: the permutations here move no data.</remarks>
internal static class ConvolutionLowering
{
    private static readonly WeightLayout Kernel2D = new([3, 2, 0, 1], ChannelsLast: true);

    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Conv2D>((layer, context) => new LiveConv2D(layer, context))
        .With<MaxPooling2D>((layer, _) => new LiveMaxPooling2D(layer));

    private static torch.Tensor ToChannelsFirst(torch.Tensor x) => x.permute(0, 3, 1, 2);

    private static torch.Tensor ToChannelsLast(torch.Tensor x) => x.permute(0, 2, 3, 1);

    private sealed class LiveConv2D(Conv2D layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", Kernel2D);
        private readonly LiveWeight? _bias = context.OptionalWeight("bias", WeightLayout.AsKeras);
        private readonly long[] _strides = [layer.Strides[0], layer.Strides[1]];

        public override Activation Activation => layer.Activation;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var padded = SamePadding.Pad(ToChannelsFirst(input), layer.Padding, layer.KernelSize, layer.Strides, value: 0);
            return ToChannelsLast(F.conv2d(padded, _kernel.Tensor, _bias?.Tensor, _strides));
        }
    }

    private sealed class LiveMaxPooling2D(MaxPooling2D layer) : UnaryLiveLayer
    {
        private readonly Extent _strides = layer.Strides ?? layer.PoolSize;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var padded = SamePadding.Pad(ToChannelsFirst(input), layer.Padding, layer.PoolSize, _strides, double.NegativeInfinity);
            return ToChannelsLast(F.max_pool2d(padded, [layer.PoolSize[0], layer.PoolSize[1]], [_strides[0], _strides[1]]));
        }
    }
}
