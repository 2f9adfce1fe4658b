namespace DeepGpu;

/// <summary>Whether the engine's numbers are checked before they are used.</summary>
public enum TorchNumerics
{
    /// <summary>
    /// Checked once a processor and build of libtorch: at the start where the processor is known to mislead oneDNN, else before the first
    /// convolution or LSTM on the CPU. An engine that computes wrong is repaired, or slowed down, until it computes right.
    /// </summary>
    Check,

    /// <summary>Not checked, and nothing is switched. <c>deepgpu doctor</c> checks all the same.</summary>
    Trust,
}
