using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Memory at the peak of a step, term by term. The terms add up to the peak's value.</summary>
public sealed record MemoryForecast
{
    /// <summary>The peak.</summary>
    public required Estimate<ByteSize> Peak { get; init; }

    /// <summary>The weights, in single precision.</summary>
    public required ByteSize Weights { get; init; }

    /// <summary>Gradients of the weights that are trained.</summary>
    public required ByteSize Gradients { get; init; }

    /// <summary>What the optimizer keeps.</summary>
    public required ByteSize OptimizerState { get; init; }

    /// <summary>Activations, their gradients and the batch, as far as they live at the same time.</summary>
    public required ByteSize Activations { get; init; }

    /// <summary>Scratch memory of convolutions beyond that.</summary>
    public required ByteSize Workspace { get; init; }

    /// <summary>What the allocator reserves beyond what is used: rounding and gaps.</summary>
    public required ByteSize AllocatorRounding { get; init; }

    /// <summary>What driver, framework and libraries hold.</summary>
    public required ByteSize Context { get; init; }

    /// <summary>What the verdict rests on.</summary>
    internal PeakBounds Bounds { get; init; }

    /// <summary>What the chance rests on that it fits.</summary>
    internal PeakChance Chance { get; init; }
}
