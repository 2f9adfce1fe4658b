namespace DeepGpu.Hardware;

/// <summary>The constants of a card's mean draw.</summary>
internal static class PowerConstants
{
    public static readonly ConstantTable Table = new();

    static PowerConstants()
    {
        Idle = Table.Add("idle", 0.13, 0.25, "", "Share of the rated power that an idle card with a context draws.");
        Busy = Table.Add("busy", 0.35, 0.4, "", "Share that running any kernel adds.");
        Memory = Table.Add("memory", 0.6, 0.4, "", "Share that the memory at its peak rate adds.");
        Compute = Table.Add("compute", 0.4, 0.4, "", "Share that the units at their peak rate add.");
        Limit = Table.Add("limit", 0.94, 0.03, "", "Share of the power limit that is held on average.");
        Dense = Table.Add("density", 55e9, 0.1, "FLOP/J",
            "Single-precision rate for each watt below which a card's parts cannot use its rated power.");
        Duty = Table.Add("duty", 1, 0.3, "", "Exponent of the share of time the card is busy: gaps are too short to sleep in.");
    }

    public static Constant Idle { get; }

    public static Constant Busy { get; }

    public static Constant Memory { get; }

    public static Constant Compute { get; }

    public static Constant Limit { get; }

    public static Constant Dense { get; }

    public static Constant Duty { get; }
}
