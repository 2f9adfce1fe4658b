namespace DeepGpu.Hardware;

/// <summary>The memory that a transformer takes, term by term. The terms add up.</summary>
public sealed record TransformerMemory
{
    /// <summary>The stored weights that lie on the card.</summary>
    public ByteSize Weights { get; init; }

    /// <summary>Keys and values.</summary>
    public ByteSize Cache { get; init; }

    /// <summary>Gradients of what is trained.</summary>
    public ByteSize Gradients { get; init; }

    /// <summary>What the optimizer keeps.</summary>
    public ByteSize OptimizerState { get; init; }

    /// <summary>Activations and outputs that live at once.</summary>
    public ByteSize Activations { get; init; }

    /// <summary>What engine, libraries and driver hold.</summary>
    public ByteSize Runtime { get; init; }

    /// <summary>All of it.</summary>
    public ByteSize Total => Weights + Cache + Gradients + OptimizerState + Activations + Runtime;
}
