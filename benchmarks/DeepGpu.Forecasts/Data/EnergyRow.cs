using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>A measured mean draw of a training run of a CNN.</summary>
/// <param name="Step">The step; its seconds are the measured ones, in which data are loaded too.</param>
/// <param name="Limit">The power limit in watts.</param>
/// <param name="Watts">The mean draw.</param>
internal sealed record EnergyRow(TimeRow Step, double Limit, double Watts)
{
    private static readonly Dictionary<string, string> Cards = new()
    {
        ["Tesla V100 PCIe/SXM2 (Zeus NSDI23)"] = "Tesla V100 PCIe 16GB",
        ["Tesla P100"] = "Tesla P100 PCIe 16GB",
        ["Quadro RTX 6000"] = "Quadro RTX 6000"
    };

    private static readonly Dictionary<string, string> Models =
        new() { ["resnet50"] = "resnet50", ["shufflenetv2"] = "shufflenetv2_cifar" };

    /// <summary>Whether no lower limit than the highest measured was set.</summary>
    public bool IsAtDefaultLimit { get; init; }

    /// <summary>Seconds of a step over those of the same step at the highest limit measured.</summary>
    public double Slowdown { get; init; } = 1;

    public string Group => Step.Model == "resnet50" ? "ResNet-50" : "ShuffleNet";

    public static IReadOnlyList<EnergyRow> Read(Measurements data)
    {
        List<EnergyRow> rows =
        [
            .. CsvRow.Read(data.PathOf("energy.csv")).Where(row => Models.ContainsKey(row["model"]) && Cards.ContainsKey(row["gpu"]))
                .GroupBy(row => (Model: row["model"], Gpu: row["gpu"], Batch: (int)row.Number("batch")!.Value,
                    Limit: row.Number("power_limit_w")!.Value))
                .Select(same => new EnergyRow(
                    StepOf(same.Key.Model, same.Key.Gpu, same.Key.Batch,
                        same.Key.Batch / Statistics.Median(same.Select(row => row.Number("samples_per_s")!.Value))),
                    same.Key.Limit, Statistics.Median(same.Select(row => row.Number("average_power_w")!.Value)))),
        ];
        return [.. rows.GroupBy(row => (row.Step.Card, row.Step.Model, row.Step.Batch)).SelectMany(Compared)];
    }

    private static IEnumerable<EnergyRow> Compared(IEnumerable<EnergyRow> same)
    {
        var highest = same.MaxBy(row => row.Limit)!;
        return same.Select(row => row with { IsAtDefaultLimit = row == highest, Slowdown = row.Step.Seconds / highest.Step.Seconds });
    }

    public override string ToString()
        => FormattableString.Invariant($"{Step.Model} b{Step.Batch} on {Step.Card.Name} ")
            + FormattableString.Invariant($"at {Limit:0} W: {Watts:0} W, {Slowdown:0.00} times as long");

    private static TimeRow StepOf(string model, string gpu, int batch, double seconds) => new()
    {
        Source = "zeus",
        Model = Models[model],
        Task = WorkloadTask.Training,
        Precision = NumberFormat.Float32,
        Card = GpuCatalog.Default.Find(Cards[gpu]),
        Batch = batch,
        Seconds = seconds,
        Updates = true,
    };
}
