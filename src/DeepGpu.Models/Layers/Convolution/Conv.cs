namespace DeepGpu.Models;

/// <summary>A convolution along time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution1d/</remarks>
public sealed record Conv1D : Convolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's length, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv1D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 1, filters, kernelSize, activation)
    {
    }
}

/// <summary>A convolution along height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution2d/</remarks>
public sealed record Conv2D : Convolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv2D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 2, filters, kernelSize, activation)
    {
    }
}

/// <summary>A convolution along depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution3d/</remarks>
public sealed record Conv3D : Convolution
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv3D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        : base(spatial: 3, filters, kernelSize, activation)
    {
    }
}
