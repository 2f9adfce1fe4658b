namespace DeepGpu.Models;

/// <summary>A convolution along time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution1d/</remarks>
public sealed record Conv1D : Convolution
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's length, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv1D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 1, filters, kernelSize, activation)
    {
    }
}
