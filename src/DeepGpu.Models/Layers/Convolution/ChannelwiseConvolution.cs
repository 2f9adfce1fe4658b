using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What convolutions along 1 or 2 axes have in common that begin with kernels for each channel by itself.</summary>
public abstract record ChannelwiseConvolution : ConvolutionLayer
{
    private protected ChannelwiseConvolution(int spatial, Extent kernelSize, Activation activation)
        : base(spatial, kernelSize, activation)
    {
    }

    /// <summary>Depthwise channels per input channel. Default 1.</summary>
    [JsonPropertyOrder(-36)]
    public int DepthMultiplier { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(DepthMultiplier)); } = 1;

    /// <summary>How the depthwise kernel starts. Default Glorot uniform.</summary>
    [JsonPropertyOrder(-30)]
    public Initializer DepthwiseInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>A penalty on the depthwise kernel; default none.</summary>
    [JsonPropertyOrder(-27)]
    public Regularizer? DepthwiseRegularizer { get; init; }

    /// <summary>What the depthwise kernel is projected onto after each step; default nothing.</summary>
    [JsonPropertyOrder(-24)]
    public Constraint? DepthwiseConstraint { get; init; }

    /// <summary>The depthwise kernel.</summary>
    private protected WeightSpec Depthwise(string name, int channels) => WeightSpec.Of(name,
        [.. KernelSize.Over(Spatial), channels, DepthMultiplier], DepthwiseInitializer, DepthwiseRegularizer, DepthwiseConstraint);
}
