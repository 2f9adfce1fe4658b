namespace DeepGpu.Models;

/// <summary>What a window is divided by, so that spectra do not depend on its size.</summary>
public enum SpectrogramScaling
{
    /// <summary>The root of the sum of its squares: powers are densities.</summary>
    Density,

    /// <summary>The sum of its absolute values: magnitudes are amplitudes.</summary>
    Spectrum,
}
