namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of what a lower clock costs and saves.</summary>
internal static class ClockConstants
{
    public static readonly ConstantTable Table = new();

    static ClockConstants()
    {
        Voltage = Table.Add("voltage", 0.5, 0.3, "", "Share of the full clock's voltage that is left at the slowest clock.");
        Fixed = Table.Add("fixed", 0.3, 0.5, "", "Share of what running any kernel adds that no lower clock saves.");
        Memory = Table.Add("memory", 0.5, 0.5, "",
            "Exponent of the clock in the time of moving data: caches and links slow down with the units, the memory's chips do not.");
        Board = Table.Add("idle.board", 1.8, 0.2, "", "Factor on the idle draw of cards whose memory is not stacked beside the chip; "
            + "believed from runs that wait nearly always (NCF in the same source), 69 W of 260 and 35 to 38 W of 250.");
    }

    public static Constant Board { get; }

    public static Constant Voltage { get; }

    public static Constant Fixed { get; }

    public static Constant Memory { get; }
}
