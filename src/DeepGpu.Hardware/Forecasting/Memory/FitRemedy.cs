using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware;

/// <summary>A change that would make a workload fit.</summary>
/// <param name="Kind">The change.</param>
/// <param name="Text">The change in words.</param>
/// <param name="Peak">The peak with it; of several cards, on each.</param>
/// <param name="Time">The time that the whole batch then takes; null where it is not known.</param>
public sealed record FitRemedy(FitRemedyKind Kind, string Text, ByteSize Peak, Estimate<TimeSpan>? Time = null)
{
    /// <summary>The change with its peak and time: "a batch of 16: 5.2 GiB, a step of 80 ms".</summary>
    public override string ToString() => $"{Text}: {Peak}" + (Time is { } time ? $", a step of {Words.Of(time.Value)}" : "");
}

/// <summary>Ways to need less memory.</summary>
public enum FitRemedyKind
{
    /// <summary>Fewer samples a step.</summary>
    SmallerBatch,

    /// <summary>The same batch in parts whose gradients are added.</summary>
    GradientAccumulation,

    /// <summary>Shorter numbers: activations in half precision, weights or the cache in fewer bits.</summary>
    LowerPrecision,

    /// <summary>Activations are made again in the backward pass instead of kept.</summary>
    Checkpointing,

    /// <summary>Only the last layer is trained.</summary>
    Freezing,

    /// <summary>Several cards, each with a part of the batch.</summary>
    MoreCards,

    /// <summary>Fewer tokens of prompt and answer.</summary>
    ShorterContext,
}
