namespace DeepGpu.Hardware;

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
