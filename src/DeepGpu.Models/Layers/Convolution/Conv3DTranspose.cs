namespace DeepGpu.Models;

/// <summary>A transposed convolution along depth, height and width: the step back from a convolution's output
/// to its input's shape.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution3d_transpose/</remarks>
public sealed record Conv3DTranspose : TransposedConvolution
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv3DTranspose(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 3, filters, kernelSize, activation)
    {
    }
}
