using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What depthwise convolutions along 1 or 2 axes have in common: each channel is convolved with kernels of its own.</summary>
public abstract record DepthwiseConvolution : ChannelwiseConvolution
{
    private protected DepthwiseConvolution(int spatial, Extent kernelSize, Activation activation)
        : base(spatial, kernelSize, activation)
    {
    }

    private protected sealed override bool CanBeCausal => false;

    private protected sealed override Shape Sums(Shape input) => Slid(input, channels => channels * DepthMultiplier);

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var channels = DataFormat.Channels(input);
        return WithBias(channels * DepthMultiplier, Depthwise("kernel", channels));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var channels = DataFormat.Channels(inputs[0]);
        var kernel = KernelOf(channels, channels * DepthMultiplier, groups: channels);
        return Work.Convolution(name, kernel, inputs, Sums(inputs[0]), UseBias, Activation);
    }
}
