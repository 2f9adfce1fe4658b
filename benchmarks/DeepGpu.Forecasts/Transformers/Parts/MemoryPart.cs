using System.Globalization;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Memory of inference and of fine-tuning.</summary>
internal static class MemoryPart
{
    public static MeasuredPart<TransformerMemoryRow> Of(string file)
    {
        var rows = TransformerMemoryRow.Read(file);
        return new(new()
        {
            Name = "memory",
            File = "transformer-memory.json",
            Basis = "Measured peaks of transformers of public sources",
            Table = TransformerMemoryConstants.Table,
            Rows = [.. rows.Where(row => !row.IsOutOfMemory)],
            Bounds = [.. rows.Where(row => row.IsOutOfMemory)],
            BoundText = (c, spreads, row) => string.Create(CultureInfo.InvariantCulture,
                $"  out of memory: {100 * Chance(c, spreads, row):0} % chance told, {row}"),
            Residual = TransformerMemoryFit.Residual,
            Noise = 0.06,
            Card = row => row.Model,
            CardFold = row => row.CardName + row.Model,
            Family = row => row.Model,
            Source = row => row.Source,
            Measured = row => row.Bytes,
            Kinds = row => ["memory." + row.Group],
            Intervals = LeftOutBy.Family,
            Groups =
            [
                new("memory, llama.cpp", 2.4, 1.2, r => r.Group == "llama.cpp", Calculators.Inference),
                new("memory, torch inference", 11, 7, r => r.Group == "torch", Calculators.Inference),
                new("memory, fine-tuning, one card", 17, 11, r => r.Group == "fine-tuning", Calculators.FineTuning),
            ],
        });
    }

    /// <summary>The chance that a run which ended for lack of memory would have been given.</summary>
    private static double Chance(double[] c, IReadOnlyDictionary<string, IReadOnlyList<double>> spreads, TransformerMemoryRow row)
        => TransformerWriter.SpreadOf(spreads["memory." + row.Group])
            .ShareBelow(Math.Log(row.Usable / TransformerMemoryFit.Forecast(c, row).Total.Bytes));
}
