namespace DeepGpu.Hardware.Forecasting;

/// <summary>Whether a transformer fits, from how far measured memory lies from its forecast.</summary>
internal static class TransformerFit
{
    private const double Sure = 0.95;

    /// <summary>What Metal lets a program use of memory that the processor shares: two thirds of up to 36 GB, three quarters of more
    /// (recommendedMaxWorkingSetSize as Apple's computers report it).</summary>
    private const double SmallShared = 2.0 / 3, LargeShared = 0.75, LargestSmall = 36;

    public static double UsableBytes(GpuSpec card) => card.Vendor != GpuVendor.Apple ? FitRule.UsableBytes(card)
        : card.Vram.Bytes * (card.Vram.Gibibytes <= LargestSmall ? SmallShared : LargeShared);

    public static double Probability(TransformerMemory memory, ResidualSpread spread, GpuSpec card)
        => spread.ShareBelow(Math.Log(UsableBytes(card) / Math.Max(1, memory.Total.Bytes)));

    public static FitVerdict Verdict(double probability)
        => probability >= Sure ? FitVerdict.Fits : probability <= 1 - Sure ? FitVerdict.DoesNotFit : FitVerdict.Uncertain;

    /// <summary>The largest whole number for which a memory is more likely than not to fit; null where 1 does not.</summary>
    public static int? Largest(Func<int, TransformerMemory> memory, ResidualSpread spread, GpuSpec card, int largest)
    {
        bool Fits(int count) => Probability(memory(count), spread, card) > 0.5;
        if (!Fits(1)) return null;
        var (low, high) = (1, largest);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Fits(middle)) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
