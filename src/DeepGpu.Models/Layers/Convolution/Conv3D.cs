namespace DeepGpu.Models;

/// <summary>A convolution along depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution3d/</remarks>
public sealed record Conv3D : Convolution
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv3D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 3, filters, kernelSize, activation)
    {
    }
}
