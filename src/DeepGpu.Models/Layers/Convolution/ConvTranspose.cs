namespace DeepGpu.Models;

/// <summary>A transposed convolution along time: the step back from a convolution's output to its input's shape.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution1d_transpose/</remarks>
public sealed record Conv1DTranspose : TransposedConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's length, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv1DTranspose(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 1, filters, kernelSize, activation)
    {
    }
}

/// <summary>A transposed convolution along height and width: the step back from a convolution's output to its input's shape.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution2d_transpose/</remarks>
public sealed record Conv2DTranspose : TransposedConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv2DTranspose(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 2, filters, kernelSize, activation)
    {
    }
}

/// <summary>A transposed convolution along depth, height and width: the step back from a convolution's output
/// to its input's shape.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution3d_transpose/</remarks>
public sealed record Conv3DTranspose : TransposedConvolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv3DTranspose(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 3, filters, kernelSize, activation)
    {
    }
}
