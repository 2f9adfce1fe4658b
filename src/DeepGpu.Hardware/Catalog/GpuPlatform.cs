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

/// <summary>A machine-learning framework.</summary>
public enum MachineLearningFramework
{
    /// <summary>PyTorch; TorchSharp uses its library.</summary>
    PyTorch,

    /// <summary>TensorFlow and Keras.</summary>
    TensorFlow,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,
}

/// <summary>Whether a vendor's platform still supports a card.</summary>
public enum ToolkitSupport
{
    /// <summary>The newest release supports it.</summary>
    Current,

    /// <summary>An older release was the last.</summary>
    Ended,
}
