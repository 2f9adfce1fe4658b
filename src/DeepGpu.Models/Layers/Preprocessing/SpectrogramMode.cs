namespace DeepGpu.Models;

/// <summary>What <see cref="STFTSpectrogram"/> yields of a spectrum.</summary>
public enum SpectrogramMode
{
    /// <summary>The natural logarithm of the magnitude, at least log(sqrt(1e-7)).</summary>
    Log,

    /// <summary>The magnitude, at least sqrt(1e-7).</summary>
    Magnitude,

    /// <summary>The power of each frequency, that of its negative added: all but the first and the last count twice.</summary>
    Psd,

    /// <summary>The real part.</summary>
    Real,

    /// <summary>The imaginary part.</summary>
    Imag,

    /// <summary>The phase, from -pi to pi.</summary>
    Angle,

    /// <summary>The real parts of all frequencies, then the imaginary ones.</summary>
    Stft,
}
