namespace DeepGpu.Hardware;

/// <summary>The program that runs a transformer: on one card they differ by a factor of five.</summary>
public enum InferenceEngine
{
    /// <summary>Not known: the forecast's interval spans the measured engines.</summary>
    Unknown,

    /// <summary>PyTorch without compilation, as Transformers' generate runs it.</summary>
    PyTorch,

    /// <summary>llama.cpp, and what is built on it (Ollama, LM Studio).</summary>
    LlamaCpp,

    /// <summary>vLLM.</summary>
    Vllm,

    /// <summary>SGLang.</summary>
    SgLang,

    /// <summary>TensorRT-LLM.</summary>
    TensorRtLlm,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,

    /// <summary>ExLlama, versions 1 to 3.</summary>
    ExLlama,

    /// <summary>MLC LLM.</summary>
    Mlc,

    /// <summary>AutoAWQ with fused modules.</summary>
    AutoAwq,

    /// <summary>DeepSpeed inference.</summary>
    DeepSpeed,

    /// <summary>FasterTransformer.</summary>
    FasterTransformer,

    /// <summary>CTranslate2.</summary>
    CTranslate2,

    /// <summary>Compiled PyTorch: gpt-fast.</summary>
    CompiledPyTorch,
}
