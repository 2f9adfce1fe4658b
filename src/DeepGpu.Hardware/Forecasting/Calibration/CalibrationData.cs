using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Everything that was fitted: the files of this folder, made by benchmarks/DeepGpu.Forecasts.</summary>
internal sealed class CalibrationData
{
    private static readonly Lazy<CalibrationData> BuiltIn = new(() => new());

    private CalibrationData()
    {
        (Time, Recurrent, Memory, Power) = (Constants("time", TimeConstants.Table), Constants("recurrent", RecurrentConstants.Table),
            Constants("memory", MemoryConstants.Table), Constants("power", PowerConstants.Table));
        Clock = Constants("clock", ClockConstants.Table);
        Anchors = new(CalibrationFiles.Read("anchors.json", root => root.GetProperty("anchors").EnumerateArray().Select(Anchor).ToList()));
        Intervals = CalibrationFiles.Read("intervals.json", root => new IntervalTable(root.GetProperty("intervals")));
        Corrections = CalibrationFiles.Read("corrections.json", root =>
            root.GetProperty("cards").EnumerateArray().Select(CardCorrection.Read).ToDictionary(row => (row.Card, row.Task, row.IsHalf)));
        MeasuredGenerations = CalibrationFiles.Read("time.json",
            root => root.GetProperty("generations").EnumerateArray().Select(name => name.GetString()!).ToHashSet());
        RecurrentGenerations = CalibrationFiles.Read("recurrent.json",
            root => root.GetProperty("generations").EnumerateArray().Select(name => name.GetString()!).ToHashSet());
        RecurrentCards = CalibrationFiles.Read("recurrent.json",
            root => root.GetProperty("cards").EnumerateArray().Select(name => name.GetString()!).ToHashSet());
        UsableMemory = CalibrationFiles.Read("memory.json", root => root.GetProperty("usableShare").GetDouble());
        OtherVendor = CalibrationFiles.Read("intervals.json", root => root.GetProperty("otherVendor").GetDouble());
        Own = CalibrationFiles.Read("intervals.json", root => root.GetProperty("ownMeasurement")
            .EnumerateObject()
            .ToDictionary(member => Enum.Parse<StepSimilarity>(member.Name), member => OwnMeasurement.Read(member.Value)));
    }

    public static CalibrationData Default => BuiltIn.Value;

    public ConstantValues Time { get; }

    public ConstantValues Recurrent { get; }

    public ConstantValues Memory { get; }

    public ConstantValues Power { get; }

    public ConstantValues Clock { get; }

    public RecurrentAnchors Anchors { get; }

    /// <summary>How far left-out measurements were from forecasts.</summary>
    public IntervalTable Intervals { get; }

    public IReadOnlyDictionary<(string Card, WorkloadTask Task, bool IsHalf), CardCorrection> Corrections { get; }

    /// <summary>Generations of which whole networks were measured.</summary>
    public IReadOnlySet<string> MeasuredGenerations { get; }

    /// <summary>Generations of which recurrent layers were measured.</summary>
    public IReadOnlySet<string> RecurrentGenerations { get; }

    /// <summary>Cards on which recurrent layers were measured.</summary>
    public IReadOnlySet<string> RecurrentCards { get; }

    /// <summary>How many times wider the interval of a vendor is that no row measured.</summary>
    public double OtherVendor { get; }

    /// <summary>What a measurement says of another step, by what the two have in common.</summary>
    public IReadOnlyDictionary<StepSimilarity, OwnMeasurement> Own { get; }

    /// <summary>The share of a card's nominal memory that full cards reported in use.</summary>
    public double UsableMemory { get; }

    private static ConstantValues Constants(string file, ConstantTable table)
    {
        var values = CalibrationFiles.Read(file + ".json", root => root.GetProperty("constants")
            .EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("value").GetDouble()));
        return new([.. table.Definitions.Select(definition => values.GetValueOrDefault(definition.Name, definition.Prior))]);
    }

    private static RecurrentAnchor Anchor(JsonElement row)
    {
        List<double> v = [.. row.EnumerateArray().Select(value => value.GetDouble())];
        return new((int)v[0], (long)v[1], (long)v[2], (int)v[3], v[4] > 0, v[5] > 0, (int)v[6], v[7]);
    }
}

/// <summary>How far measured rows of a card lie from the forecast.</summary>
/// <param name="Card">The card.</param>
/// <param name="Task">Training or inference.</param>
/// <param name="IsHalf">Whether in half precision.</param>
/// <param name="Excess">The logarithm of forecast over measured, shrunk for few rows.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record CardCorrection(string Card, WorkloadTask Task, bool IsHalf, double Excess, int Rows)
{
    /// <summary>Rows that the absence of a correction counts for.</summary>
    public const double Shrinkage = 6;

    public static CardCorrection Read(JsonElement row) => new(
        row.GetProperty("card").GetString()!,
        Enum.Parse<WorkloadTask>(row.GetProperty("task").GetString()!),
        row.GetProperty("half").GetBoolean(),
        row.GetProperty("logExcess").GetDouble(),
        row.GetProperty("rows").GetInt32());

    /// <summary>The correction that residuals give.</summary>
    public static double Shrunk(IReadOnlyCollection<double> residuals) => residuals.Sum() / (residuals.Count + Shrinkage);
}
