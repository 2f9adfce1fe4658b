using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>Everything that was fitted: the files of this folder, made by benchmarks/DeepGpu.Forecasts.</summary>
internal sealed class CalibrationData
{
    private static readonly Lazy<CalibrationData> BuiltIn = new(() => new());

    private CalibrationData()
    {
        (Time, Recurrent, Memory, Power) = (Constants("time", TimeConstants.Table), Constants("recurrent", RecurrentConstants.Table),
            Constants("memory", MemoryConstants.Table), Constants("power", PowerConstants.Table));
        Anchors = new(CalibrationFiles.Read("anchors.json", root => root.GetProperty("anchors").EnumerateArray().Select(Anchor).ToList()));
        Intervals = CalibrationFiles.Read("intervals.json",
            root => root.GetProperty("intervals").EnumerateArray().Select(Interval).ToDictionary(row => row.Name, row => row.Interval));
        Corrections = CalibrationFiles.Read("corrections.json", root =>
            root.GetProperty("cards").EnumerateArray().Select(CardCorrection.Read).ToDictionary(row => (row.Card, row.Task, row.IsHalf)));
        MeasuredGenerations = CalibrationFiles.Read("time.json",
            root => root.GetProperty("generations").EnumerateArray().Select(name => name.GetString()!).ToHashSet());
        RecurrentGenerations = CalibrationFiles.Read("recurrent.json",
            root => root.GetProperty("generations").EnumerateArray().Select(name => name.GetString()!).ToHashSet());
        UsableMemory = CalibrationFiles.Read("memory.json", root => root.GetProperty("usableShare").GetDouble());
        OtherVendor = CalibrationFiles.Read("intervals.json", root => root.GetProperty("otherVendor").GetDouble());
        Own = CalibrationFiles.Read("intervals.json", root => root.GetProperty("ownMeasurement")
            .EnumerateObject().ToDictionary(member => Enum.Parse<Kinship>(member.Name), member => OwnMeasurement.Read(member.Value)));
    }

    public static CalibrationData Default => BuiltIn.Value;

    public double[] Time { get; }

    public double[] Recurrent { get; }

    public double[] Memory { get; }

    public double[] Power { get; }

    public RecurrentAnchors Anchors { get; }

    /// <summary>Intervals by name: "training", "inference.half", ... and where: "card", "generation".</summary>
    public IReadOnlyDictionary<string, LogInterval> Intervals { get; }

    public IReadOnlyDictionary<(string Card, WorkloadTask Task, bool IsHalf), CardCorrection> Corrections { get; }

    /// <summary>Generations of which whole networks were measured.</summary>
    public IReadOnlySet<string> MeasuredGenerations { get; }

    /// <summary>Generations of which recurrent layers were measured.</summary>
    public IReadOnlySet<string> RecurrentGenerations { get; }

    /// <summary>How many times wider the interval of a vendor is that no row measured.</summary>
    public double OtherVendor { get; }

    /// <summary>What a measurement tells of another step, by what the two have in common.</summary>
    public IReadOnlyDictionary<Kinship, OwnMeasurement> Own { get; }

    /// <summary>The share of a card's nominal memory that full cards reported in use.</summary>
    public double UsableMemory { get; }

    /// <summary>The name of a kind of step of a network that was measured on many cards,
    /// which the number of its parameters tells.</summary>
    public static string KnownKind(string kind, long parameters) => FormattableString.Invariant($"{kind}.of-{parameters}");

    private static double[] Constants(string file, ConstantTable table)
    {
        var values = CalibrationFiles.Read(file + ".json", root => root.GetProperty("constants")
            .EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("value").GetDouble()));
        return [.. table.Definitions.Select(definition => values.GetValueOrDefault(definition.Name, definition.Prior))];
    }

    private static RecurrentAnchor Anchor(JsonElement row)
    {
        List<double> v = [.. row.EnumerateArray().Select(value => value.GetDouble())];
        return new((int)v[0], (long)v[1], (long)v[2], (int)v[3], v[4] > 0, v[5] > 0, (int)v[6], v[7]);
    }

    private static (string Name, LogInterval Interval) Interval(JsonElement row)
        => (row.GetProperty("name").GetString()!, new(row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble(),
            row.GetProperty("rows").GetInt32(), row.GetProperty("meanErrorPercent").GetDouble()));
}

/// <summary>Where the truth lies 80 times in 100, as logarithms of truth over forecast.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Rows">The measured rows it rests on.</param>
/// <param name="MeanErrorPercent">Their mean absolute error.</param>
internal readonly record struct LogInterval(double Low, double High, int Rows, double MeanErrorPercent)
{
    /// <summary>The interval, wider.</summary>
    public LogInterval Times(double factor) => this with { Low = Low * factor, High = High * factor };

    public (double Low, double High) Around(double value) => (value * Math.Exp(Low), value * Math.Exp(High));
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

/// <summary>What two steps have in common.</summary>
internal enum Kinship
{
    /// <summary>Model and card, and a batch of at most twice or half the size.</summary>
    Both,

    /// <summary>The card alone.</summary>
    Card,

    /// <summary>The model alone.</summary>
    Model,
}

/// <summary>Compares steps.</summary>
internal static class Kinships
{
    private const double LikeBatch = 2;

    /// <summary>What two steps of one task and precision have in common; null for nothing.</summary>
    public static Kinship? Between(bool isSameCard, bool isSameModel, double batchRatio) => (isSameCard, isSameModel) switch
    {
        (true, true) when Math.Max(batchRatio, 1 / batchRatio) <= LikeBatch => Kinship.Both,
        (true, _) => Kinship.Card,
        (false, true) => Kinship.Model,
        _ => null,
    };
}

/// <summary>What a measurement of the user's own tells of another step.</summary>
/// <param name="Share">The share of its excess that the other step has too.</param>
/// <param name="Narrowing">How much of the interval's width is left.</param>
internal sealed record OwnMeasurement(double Share, double Narrowing)
{
    public static OwnMeasurement Read(JsonElement json)
        => new(json.GetProperty("share").GetDouble(), json.GetProperty("narrowing").GetDouble());
}
