namespace DeepGpu.Hardware.Forecasting;

/// <summary>Decides whether a peak fits a card: surely, perhaps, or not.</summary>
/// <remarks>It fits where a peak that 99 of 100 left-out ones stay below fits what a program gets of the card's
/// memory. It does not where not
/// even the tensors alone, without the context that differs from driver to driver, fit all of it.</remarks>
internal static class FitRule
{
    /// <summary>GDDR keeps a sixteenth for check bits while error correction is on (CUDA C++ Best Practices
    /// Guide, "Device Memory"), as it is
    /// by default on NVIDIA's server cards; HBM has separate memory for them.</summary>
    private const double CheckBits = 1.0 / 16;

    /// <summary>The verdict.</summary>
    /// <param name="peak">Between what the peak lies.</param>
    /// <param name="card">The card.</param>
    /// <param name="others">Memory of it that others use.</param>
    public static FitVerdict Verdict(PeakBounds peak, GpuSpec card, ByteSize others)
        => Verdict(peak, UsableBytes(card) - others.Bytes, (card.Vram - others).Bytes);

    /// <summary>The verdict for a memory of which a program gets a part.</summary>
    public static FitVerdict Verdict(PeakBounds peak, double usable, double all)
        => peak.Surely <= usable ? FitVerdict.Fits : peak.AtLeast > all ? FitVerdict.DoesNotFit : FitVerdict.Uncertain;

    /// <summary>What a program gets of a card's memory: the driver keeps a part, and so do check bits.</summary>
    public static double UsableBytes(GpuSpec card)
        => card.Vram.Bytes * CalibrationData.Default.UsableMemory * (HasInlineCheckBits(card) ? 1 - CheckBits : 1);

    private static bool HasInlineCheckBits(GpuSpec card)
        => card is { Vendor: GpuVendor.Nvidia, Segment: GpuSegment.DataCenter, MemoryType: { } type }
            && type.StartsWith("GDDR", StringComparison.Ordinal);
}

/// <summary>Between what a peak lies.</summary>
/// <param name="AtLeast">Bytes that 99 of 100 peaks exceed, the context not counted.</param>
/// <param name="Surely">Bytes that 99 of 100 peaks stay below.</param>
internal readonly record struct PeakBounds(double AtLeast, double Surely)
{
    /// <summary>The bounds of a peak of which a part is context.</summary>
    /// <param name="total">The peak's bytes.</param>
    /// <param name="context">The bytes of it that another driver or framework may not take.</param>
    /// <param name="sure">Where 98 of 100 peaks lie.</param>
    public static PeakBounds Of(double total, double context, LogInterval sure)
        => new((total - context) * Math.Exp(sure.Low), total * Math.Exp(sure.High));
}
