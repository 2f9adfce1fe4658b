namespace DeepGpu.Hardware.Forecasting;

/// <summary>Engines on a vendor's cards that share constants.</summary>
internal enum EngineClass
{
    LlamaCuda,
    LlamaMetal,
    LlamaRocm,
    LlamaVulkan,
    LlamaIntel,
    LlamaRocmServer,
    LlamaIntelServer,
    Vllm,
    VllmAmd,
    VllmIntel,
    SgLang,
    TensorRt,
    Compiled,
    ExLlama,
    AutoAwq,
    DeepSpeed,
    DeepSpeedIntel,
    FasterTransformer,
    Eager,
    EagerQuantized,
    Onnx,
    CTranslate,
}

/// <summary>Classes that share factors.</summary>
internal enum EngineFamily
{
    Llama,
    Engine,
    Eager,
}

/// <summary>Finds an engine's class.</summary>
internal static class EngineClasses
{
    public static EngineClass Of(InferenceEngine engine, GpuVendor vendor, bool isQuantized, bool isVulkan = false, bool isServer = false)
        => (engine, vendor) switch
        {
            (InferenceEngine.LlamaCpp, _) when isVulkan => EngineClass.LlamaVulkan,
            (InferenceEngine.LlamaCpp, GpuVendor.Apple) => EngineClass.LlamaMetal,
            (InferenceEngine.LlamaCpp, GpuVendor.Amd) when isServer => EngineClass.LlamaRocmServer,
            (InferenceEngine.LlamaCpp, GpuVendor.Intel) when isServer => EngineClass.LlamaIntelServer,
            (InferenceEngine.LlamaCpp, GpuVendor.Amd) => EngineClass.LlamaRocm,
            (InferenceEngine.LlamaCpp, GpuVendor.Intel) => EngineClass.LlamaIntel,
            (InferenceEngine.LlamaCpp, _) => EngineClass.LlamaCuda,
            (InferenceEngine.Vllm, GpuVendor.Amd) => EngineClass.VllmAmd,
            (InferenceEngine.Vllm, GpuVendor.Intel) => EngineClass.VllmIntel,
            (InferenceEngine.Vllm, _) => EngineClass.Vllm,
            (InferenceEngine.SgLang, _) => EngineClass.SgLang,
            (InferenceEngine.TensorRtLlm, _) => EngineClass.TensorRt,
            (InferenceEngine.OnnxRuntime, _) => EngineClass.Onnx,
            (InferenceEngine.ExLlama, _) => EngineClass.ExLlama,
            (InferenceEngine.AutoAwq, _) => EngineClass.AutoAwq,
            (InferenceEngine.DeepSpeed, GpuVendor.Intel) => EngineClass.DeepSpeedIntel,
            (InferenceEngine.DeepSpeed, _) => EngineClass.DeepSpeed,
            (InferenceEngine.FasterTransformer, _) => EngineClass.FasterTransformer,
            (InferenceEngine.CTranslate2, _) => EngineClass.CTranslate,
            (InferenceEngine.CompiledPyTorch or InferenceEngine.Mlc, _) => EngineClass.Compiled,
            _ => isQuantized ? EngineClass.EagerQuantized : EngineClass.Eager,
        };

    public static bool IsLlama(this EngineClass engine) => engine <= EngineClass.LlamaIntelServer;

    public static EngineFamily Family(this EngineClass engine) => engine switch
    {
        <= EngineClass.LlamaIntelServer => EngineFamily.Llama,
        < EngineClass.Eager => EngineFamily.Engine,
        _ => EngineFamily.Eager,
    };

    /// <summary>Whether it gives each of several cards some layers where nobody says otherwise: llama.cpp, and what accelerate's device map
    /// spreads (Transformers, AutoAWQ).</summary>
    public static bool SplitsByLayers(this EngineClass engine)
        => engine.IsLlama() || engine is EngineClass.AutoAwq or EngineClass.Eager or EngineClass.EagerQuantized;
}
