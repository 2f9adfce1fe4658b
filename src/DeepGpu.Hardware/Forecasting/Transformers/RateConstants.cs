namespace DeepGpu.Hardware.Forecasting;

/// <summary>What the units of a card reach of their peak: a factor of the generation, and no more than its power feeds.</summary>
/// <remarks>Small cards of servers and of laptops have units that their power cannot feed all at once: a T4 of 70 W multiplies at 4.3 of
/// its 8.1 TFLOPS. What a watt does grows with the year.</remarks>
internal sealed class RateConstants
{
    private const double Tera = 1e12, Sharpness = 3;

    /// <summary>How much more a watt does each year, and from when: a T4's 0.6 TFLOPS in half precision to an H100's 1.</summary>
    private const double YearlyGain = 1.12, FirstYear = 2018;

    private readonly ConstantTable _table;
    private readonly int _start;
    private readonly Constant _half, _single;

    /// <summary>Adds them to a table. The priors are what whole convolutional networks tell of a generation.</summary>
    public RateConstants(ConstantTable table)
    {
        _table = table;
        _half = table.Add("watt.half", 0.62, 0.12, "TFLOPS/W", "What a watt of 2018 feeds in half precision.");
        _single = table.Add("watt.single", 0.065, 0.12, "TFLOPS/W", "What a watt of 2018 feeds in single precision.");
        _start = table.Definitions.Count;
        for (var place = 0; place < Generation.All.Count; place++)
        {
            Add("half", place, GenerationFactor.Matrix, 0.2);
            Add("single", place, GenerationFactor.Vector, 0.15);
        }
    }

    /// <summary>FLOP/s; null where the card states none.</summary>
    public double? Of(ConstantValues c, GpuSpec card, NumberFormat format, double part = 1)
    {
        var used = format == NumberFormat.BFloat16 && card.BFloat16MatrixRate is null ? NumberFormat.Float16 : format;
        if (ReachedRates.Default.Of(card, used)?.FlopsPerSecond is not { } peak) return null;
        var place = Generation.PlaceOf(card);
        var factor = place < 0 ? 1 : c.All[_start + 2 * place + (TransformerPasses.IsShort(format) ? 0 : 1)];
        return factor * part * (Fed(c, card, used) is not { } fed ? peak
            : 1 / TransformerPasses.Together(1 / peak, 1 / fed, Sharpness));
    }

    /// <summary>Whether a card's rate is one that was reached in products, far below its peak: no share of it is lost again.</summary>
    public static bool IsReached(GpuSpec card, NumberFormat format)
        => card.Vendor == GpuVendor.Nvidia && ReachedRates.Default.Of(card, format) < card.RateAt(format);

    /// <summary>FLOP/s that a card's power feeds; null where power or year is not known.</summary>
    private double? Fed(ConstantValues c, GpuSpec card, NumberFormat format)
    {
        if (card.Tdp is not { } power || card.ReleaseYear is not { } year) return null;
        var watt = format switch
        {
            NumberFormat.Float16 or NumberFormat.BFloat16 when HasMatrix(card) => c[_half],
            NumberFormat.Float8 or NumberFormat.Int8 when HasMatrix(card) => 2 * c[_half],
            NumberFormat.TensorFloat32 when card.TensorFloat32MatrixRate is not null => c[_half] / 2,
            _ => c[_single],
        };
        return power.Watts * watt * Tera * Math.Pow(YearlyGain, year - FirstYear);
    }

    private static bool HasMatrix(GpuSpec card) => card.Float16MatrixRate is not null;

    private void Add(string format, int place, GenerationFactor kind, double spread)
        => _table.Add($"{format}.{Generation.All[place].Name}", TimeConstants.Factor(CalibrationData.Default.Time, place, kind), spread, "",
            $"Factor on the rate in {format} precision.");
}
