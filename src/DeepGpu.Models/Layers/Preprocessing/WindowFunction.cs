namespace DeepGpu.Models;

/// <summary>How the samples of a frame are faded in and out before its spectrum is taken. Formulas and names:
/// https://docs.scipy.org/doc/scipy/reference/signal.windows.html.</summary>
public enum WindowFunction
{
    /// <summary>A raised cosine that begins and ends at 0.</summary>
    Hann,

    /// <summary>A raised cosine that begins and ends at 0.08.</summary>
    Hamming,

    /// <summary>Cosines of three terms.</summary>
    Blackman,

    /// <summary>Cosines of four terms after Nuttall.</summary>
    Nuttall,

    /// <summary>Cosines of four terms after Blackman and Harris.</summary>
    Blackmanharris,

    /// <summary>Cosines of five terms: amplitudes are exact, frequencies coarse.</summary>
    Flattop,

    /// <summary>All ones.</summary>
    Boxcar,

    /// <summary>A triangle that ends above 0.</summary>
    Triang,

    /// <summary>A triangle that begins and ends at 0.</summary>
    Bartlett,

    /// <summary>Pieces of cubic polynomials.</summary>
    Parzen,

    /// <summary>The convolution of two half waves.</summary>
    Bohman,

    /// <summary>A triangle and a raised cosine together.</summary>
    Barthann,

    /// <summary>Half a wave.</summary>
    Cosine,

    /// <summary>Ones, with a quarter at either end faded by a raised cosine.</summary>
    Tukey,

    /// <summary>The main lobe of sinc.</summary>
    Lanczos,

    /// <summary>exp(-distance from the middle).</summary>
    Exponential,
}
