using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Lowering;

/// <summary>Convolutions along 1, 2 and 3 axes, in both data formats.</summary>
internal static class ConvolutionLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Conv1D>((layer, context) => new LiveConvolution(layer, context))
        .With<Conv2D>((layer, context) => new LiveConvolution(layer, context))
        .With<Conv3D>((layer, context) => new LiveConvolution(layer, context))
        .With<Conv1DTranspose>((layer, context) => new LiveTransposed(layer, context))
        .With<Conv2DTranspose>((layer, context) => new LiveTransposed(layer, context))
        .With<Conv3DTranspose>((layer, context) => new LiveTransposed(layer, context))
        .With<DepthwiseConv1D>((layer, context) => new LiveDepthwise(layer, context))
        .With<DepthwiseConv2D>((layer, context) => new LiveDepthwise(layer, context))
        .With<SeparableConv1D>((layer, context) => new LiveSeparable(layer, context))
        .With<SeparableConv2D>((layer, context) => new LiveSeparable(layer, context));

    /// <summary>Keras's (spatial..., in, out) becomes torch's (out, in, spatial...), for transposed kernels
    /// (in, out, spatial...).</summary>
    internal static WeightLayout KernelLayout(int spatial)
        => new([spatial + 1, spatial, .. Enumerable.Range(0, spatial).Select(axis => (long)axis)]);

    /// <summary>Keras's (spatial..., channels, multiplier) becomes (channels, multiplier, spatial...).</summary>
    private static WeightLayout DepthwiseLayout(int spatial)
        => new([spatial, spatial + 1, .. Enumerable.Range(0, spatial).Select(axis => (long)axis)]);

    /// <summary>A convolution of a channels-first tensor, padded as Keras does.</summary>
    internal static torch.Tensor Convolve(torch.Tensor x, torch.Tensor kernel, torch.Tensor? bias, Window window, long groups)
    {
        var spatial = (int)x.dim() - 2;
        var amounts = Spatial.Amounts(x, window.Padding, window.Kernel, window.Strides, window.Dilation);
        var symmetric = Spatial.IsSymmetric(x, amounts, window.Dilation);
        var padded = symmetric ? x : Spatial.Pad(x, amounts);
        long[] padding = symmetric ? [.. amounts.Select(a => a.Before)] : new long[spatial];
        var (strides, dilation) = (Spatial.Longs(window.Strides, spatial), Spatial.Longs(window.Dilation, spatial));
        return spatial switch
        {
            1 => F.conv1d(padded, kernel, bias, strides[0], padding[0], dilation[0], groups),
            2 => F.conv2d(padded, kernel, bias, strides, padding, dilation, groups),
            _ => F.conv3d(padded, kernel, bias, strides, padding, dilation, groups),
        };
    }

    /// <summary>How a kernel moves.</summary>
    internal readonly record struct Window(Extent Kernel, Extent Strides, Extent Dilation, Padding Padding);

    private sealed class LiveConvolution(Convolution layer, LoweringContext context)
        : LiveSpatialLayer(layer.Activation, layer.DataFormat), IPlannedLayer
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", KernelLayout(layer.Spatial));
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");
        private readonly Window _window = new(layer.KernelSize, layer.Strides, layer.DilationRate, layer.Padding);

        protected override torch.Tensor Forward(torch.Tensor x) => Convolve(x, _kernel.Value, _bias?.Value, _window, layer.Groups);

        public PlanStep? Plan(Shape input, Shape output)
        {
            if (layer.Groups != 1 || layer.Spatial > 2 || layer.DataFormat != DataFormat.ChannelsLast || !PlanWeights.Serve(_kernel, _bias))
                return null;
            var plane = PlanePositions.Of(input, output, layer.Spatial, layer.KernelSize, layer.Strides, layer.DilationRate, layer.Padding);
            return new ConvolutionStep(PlanWeights.Of(_kernel), PlanWeights.Of(_bias), plane, layer.Filters, layer.Spatial == 1,
                layer.Activation == Activation.Relu);
        }
    }

    private sealed class LiveDepthwise(DepthwiseConvolution layer, LoweringContext context)
        : LiveSpatialLayer(layer.Activation, layer.DataFormat)
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", DepthwiseLayout(layer.Spatial));
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");
        private readonly Window _window = new(layer.KernelSize, layer.Strides, layer.DilationRate, layer.Padding);

        protected override torch.Tensor Forward(torch.Tensor x) => Depthwise(x, _kernel.Value, _bias?.Value, _window);
    }

    private static torch.Tensor Depthwise(torch.Tensor x, torch.Tensor kernel, torch.Tensor? bias, Window window)
        => Convolve(x, kernel.flatten(0, 1).unsqueeze(1), bias, window, groups: x.shape[1]);

    private sealed class LiveSeparable(SeparableConvolution layer, LoweringContext context)
        : LiveSpatialLayer(layer.Activation, layer.DataFormat)
    {
        private readonly LiveWeight _depthwise = context.Weight("depthwise_kernel", DepthwiseLayout(layer.Spatial));
        private readonly LiveWeight _pointwise = context.Weight("pointwise_kernel", KernelLayout(layer.Spatial));
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");
        private readonly Window _window = new(layer.KernelSize, layer.Strides, layer.DilationRate, layer.Padding);

        protected override torch.Tensor Forward(torch.Tensor x)
            => Convolve(Depthwise(x, _depthwise.Value, bias: null, _window), _pointwise.Value, _bias?.Value,
                new(1, 1, 1, Padding.Valid), groups: 1);
    }

    /// <summary>torch's transposed convolution without padding, then cut (or filled with zeros) to Keras's length.</summary>
    private sealed class LiveTransposed(TransposedConvolution layer, LoweringContext context)
        : LiveSpatialLayer(layer.Activation, layer.DataFormat)
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", KernelLayout(layer.Spatial));
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");

        protected override torch.Tensor Forward(torch.Tensor x)
        {
            var full = Full(x);
            for (var dimension = 0; dimension < layer.Spatial; dimension++)
                full = Cut(full, dimension + 2, layer.Length((int)x.shape[dimension + 2], dimension));
            return _bias is null ? full : full.Plus(_bias.Value.reshape([-1, .. Enumerable.Repeat(1L, layer.Spatial)]));
        }

        private torch.Tensor Full(torch.Tensor x)
        {
            var (strides, dilation) = (Spatial.Longs(layer.Strides, layer.Spatial), Spatial.Longs(layer.DilationRate, layer.Spatial));
            return layer.Spatial switch
            {
                1 => F.conv_transpose1d(x, _kernel.Value, stride: strides[0], dilation: dilation[0]),
                2 => F.conv_transpose2d(x, _kernel.Value, strides: strides, dilation: dilation),
                _ => F.conv_transpose3d(x, _kernel.Value, strides: strides, dilation: dilation),
            };
        }

        /// <summary>"same" cuts half of what is too long off the start; what is missing is zero at the end.</summary>
        private torch.Tensor Cut(torch.Tensor full, int axis, long length)
        {
            var surplus = full.shape[axis] - length;
            var start = layer.Padding == Padding.Same ? Math.Max(surplus, 0) / 2 : 0;
            var kept = full.narrow(axis, start, Math.Min(length, full.shape[axis] - start));
            var amounts = new (long, long)[layer.Spatial];
            amounts[axis - 2] = (0, length - kept.shape[axis]);
            return Spatial.Pad(kept, amounts);
        }
    }
}
