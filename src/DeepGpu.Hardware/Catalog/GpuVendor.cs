namespace DeepGpu.Hardware;

/// <summary>Who designs the processor.</summary>
public enum GpuVendor
{
    /// <summary>NVIDIA: CUDA.</summary>
    Nvidia,

    /// <summary>AMD: ROCm.</summary>
    Amd,

    /// <summary>Intel: oneAPI, Gaudi.</summary>
    Intel,

    /// <summary>Apple: Metal.</summary>
    Apple,

    /// <summary>Google: TPU, XLA.</summary>
    Google,

    /// <summary>Anyone else.</summary>
    Other,
}
