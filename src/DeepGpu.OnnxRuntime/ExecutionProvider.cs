namespace DeepGpu;

/// <summary>What runs an ONNX model.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor; in every engine.</summary>
    Cpu,

    /// <summary>NVIDIA cards, by CUDA: the package Microsoft.ML.OnnxRuntime.Gpu.</summary>
    Cuda,

    /// <summary>Any card on Windows, by DirectX 12: the package Microsoft.ML.OnnxRuntime.DirectML.</summary>
    DirectML,

    /// <summary>Apple's processors: the package Microsoft.ML.OnnxRuntime on macOS.</summary>
    CoreML,
}
