namespace DeepGpu;

/// <summary>What was switched so that the engine computes right. Speeds are of a step beside an engine that is right by itself.</summary>
public enum EngineRemedy
{
    /// <summary>Nothing: the engine is right by itself.</summary>
    None,

    /// <summary>The sizes of caches that oneDNN had misread were corrected in memory. It costs nothing.</summary>
    CacheSizesRepaired,

    /// <summary>oneDNN and NNPACK are switched off: a step with convolutions or LSTMs takes 1 to 2.5 times as long.</summary>
    OneDnnOff,

    /// <summary>oneDNN is held to SSE4.1 instructions: a step with convolutions or LSTMs takes 1.5 to 7 times as long.</summary>
    OlderInstructions,
}
