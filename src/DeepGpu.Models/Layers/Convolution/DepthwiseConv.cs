namespace DeepGpu.Models;

/// <summary>A convolution along time of each channel with kernels of its own.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels * depth multiplier).
/// Keras: https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/</remarks>
public sealed record DepthwiseConv1D : DepthwiseConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="kernelSize">The kernel's length, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public DepthwiseConv1D(Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 1, kernelSize, activation)
    {
    }
}

/// <summary>A convolution along height and width of each channel with kernels of its own.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels * depth multiplier).
/// Keras: https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/</remarks>
public sealed record DepthwiseConv2D : DepthwiseConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public DepthwiseConv2D(Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 2, kernelSize, activation)
    {
    }
}
