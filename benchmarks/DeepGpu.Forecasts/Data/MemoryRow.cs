using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>A measured peak of memory.</summary>
/// <param name="Model">The model.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Bytes">The peak.</param>
/// <param name="IsOutOfMemory">Whether the run ended for lack of memory: the peak is then only a lower bound.</param>
/// <param name="Training">The step.</param>
internal sealed partial record MemoryRow(string Model, int Batch, double Bytes, bool IsOutOfMemory, Func<Workload> Training)
{
    private const double Mebi = 1 << 20;

    /// <summary>Peaks this near to the card's 40 GB were capped by it.</summary>
    private const double CappedMebibytes = 39000;

    /// <summary>What the runs had to fit into.</summary>
    public static ByteSize CardMemory => ByteSize.FromGibibytes(40);

    private static readonly Dictionary<string, int> Sizes = new() { ["efficientnet_b4"] = 320 };

    /// <summary>Whether the flag of a peak that does not grow with the batch is another row's fault;
    /// <see cref="IsOutOfMemory"/> is then false.</summary>
    public bool IsFlaggedInError { get; init; }

    public static IReadOnlyList<MemoryRow> ReadCnns(Measurements data) =>
    [
        .. CsvRow.Read(data.PathOf("vram_peak.csv"))
            .Where(row => row["source"].Contains("GPUMem", StringComparison.Ordinal) && Networks.Has(row["model"]))
            .GroupBy(row => (Model: row["model"], Batch: (int)row.Number("batch")!.Value, Flagged: row["quality_flag"].Length > 0))
            .Select(same =>
                Cnn(same.Key.Model, same.Key.Batch, Statistics.Median(same.Select(row => row.Number("value")!.Value)), same.Key.Flagged))
            .GroupBy(row => row.Model).SelectMany(model => FlagCheck.Of([.. model.OrderBy(row => row.Batch)])),
    ];

    /// <summary>Whether it is a peak to fit: the run ended, and the card did not cap it.</summary>
    public bool IsPeak => !IsOutOfMemory && !IsFlaggedInError && Bytes < CappedMebibytes * Mebi;

    public static IReadOnlyList<MemoryRow> ReadMlps(Measurements data) => [.. CsvRow.Read(data.PathOf("vram_mlp.csv")).Select(Mlp)];

    public override string ToString() => FormattableString.Invariant($"{Model} batch {Batch}: {Bytes / Mebi:0} MiB");

    private static MemoryRow Cnn(string model, int batch, double mebibytes, bool isOut)
        => new(model, batch, mebibytes * Mebi, isOut, () => Networks.SpecOfSize(model, Sizes.GetValueOrDefault(model)).Training(batch));

    private static MemoryRow Mlp(CsvRow row)
    {
        var batch = (int)row.Number("Batch Size")!.Value;
        List<(string Kind, int Length, long Parameters)> layers = [.. LayerTuple().Matches(row["Activations-Params"])
            .Select(m => (m.Groups[1].Value, Int(m.Groups[2].Value), (long)Int(m.Groups[3].Value)))];
        return new("MLP", batch, row.Number("Max GPU Memory (MiB)")!.Value * Mebi, false,
            () => MlpSpec(layers).Training(batch, optimizer: Optimizer.Adam()));
    }

    /// <summary>The first dense layer's weights tell the length of the input.</summary>
    private static ModelSpec MlpSpec(IReadOnlyList<(string Kind, int Length, long Parameters)> layers)
    {
        var first = layers.First(layer => layer.Kind == "linear");
        var builder = Sequential.Input((int)((first.Parameters - first.Length) / first.Length));
        return layers.Aggregate(builder, (model, layer) => layer.Kind switch
        {
            "linear" => model.Dense(layer.Length),
            "batch_normalization" => model.BatchNormalization(),
            "dropout" => model.Dropout(0.5),
            "Identity" => model,
            "PReLU" => model.PReLU(sharedAxes: [1]),
            _ => model.Activate(Enum.Parse<Activation>(layer.Kind, ignoreCase: true)),
        }).Build();
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\('(\w+)', (\d+), (\d+)\)")]
    private static partial Regex LayerTuple();
}
