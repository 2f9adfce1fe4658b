namespace DeepGpu.Models;

/// <summary>A depthwise convolution along time, then a pointwise one that mixes the channels.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/separable_convolution1d/</remarks>
public sealed record SeparableConv1D : SeparableConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's length, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public SeparableConv1D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 1, filters, kernelSize, activation)
    {
    }
}

/// <summary>A depthwise convolution along height and width, then a pointwise one that mixes the channels.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/separable_convolution2d/</remarks>
public sealed record SeparableConv2D : SeparableConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public SeparableConv2D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 2, filters, kernelSize, activation)
    {
    }
}
