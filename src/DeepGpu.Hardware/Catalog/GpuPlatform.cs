namespace DeepGpu.Hardware;

/// <summary>The compute platform of a vendor.</summary>
public enum GpuPlatform
{
    /// <summary>NVIDIA CUDA.</summary>
    Cuda,

    /// <summary>AMD ROCm.</summary>
    Rocm,

    /// <summary>Intel oneAPI.</summary>
    OneApi,

    /// <summary>Intel Gaudi's SynapseAI.</summary>
    SynapseAi,

    /// <summary>Apple Metal.</summary>
    Metal,

    /// <summary>Google's XLA compiler for TPUs.</summary>
    Xla,
}
