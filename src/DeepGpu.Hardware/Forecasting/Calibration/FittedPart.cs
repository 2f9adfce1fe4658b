using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>A calibration file of one kind of forecast: its constants, the cards that were measured, and how far left-out rows lay from
/// their forecasts.</summary>
internal sealed class FittedPart
{
    /// <summary>The interval of a card of which nothing was measured is so much wider.</summary>
    private const double UnknownCard = 1.25;

    private FittedPart(JsonElement root, ConstantTable table)
    {
        Values = Constants(root, "constants", table);
        Cards = root.GetProperty("cards").EnumerateArray().Select(name => name.GetString()!).ToHashSet();
        Residuals = root.GetProperty("intervals").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!, ResidualSpread.Read);
    }

    public double[] Values { get; }

    public IReadOnlySet<string> Cards { get; }

    public IReadOnlyDictionary<string, ResidualSpread> Residuals { get; }

    public static FittedPart Read(string file, ConstantTable table) => CalibrationFiles.Read(file, root => new FittedPart(root, table));

    /// <summary>A value with the interval that left-out rows of its kind give.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="otherwise">The kind to use where that one has few rows.</param>
    /// <param name="value">The value.</param>
    /// <param name="card">The card.</param>
    public Estimate<double> Around(string kind, string otherwise, double value, GpuSpec card)
    {
        var spread = Residuals.GetValueOrDefault(kind) ?? Residuals[otherwise];
        return spread.Around(value, x => x, TransformerForecaster.Basis(spread), Cards.Contains(card.Name) ? 1 : UnknownCard);
    }

    /// <summary>The constants of a table that a member holds, in the table's order.</summary>
    public static double[] Constants(JsonElement root, string name, ConstantTable table)
    {
        var values = root.GetProperty(name).EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("value").GetDouble());
        return [.. table.Definitions.Select(definition => values.GetValueOrDefault(definition.Name, definition.Prior))];
    }
}
