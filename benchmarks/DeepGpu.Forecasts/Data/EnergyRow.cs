using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>A measured mean draw of a training run of a CNN.</summary>
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

    public string Group => Step.Model == "resnet50" ? "power, ResNet-50, default limit" : "power, ShuffleNet, default limit";

    public static IReadOnlyList<EnergyRow> Read(Measurements data)
    {
        List<EnergyRow> rows =
        [
            .. CsvRow.Read(data.PathOf("energy.csv")).Where(row => Models.ContainsKey(row["model"]) && Cards.ContainsKey(row["gpu"]))
                .GroupBy(row => (Model: row["model"], Gpu: row["gpu"], Batch: (int)row.Number("batch")!.Value,
                    Limit: row.Number("power_limit_w")!.Value))
                .Select(same => new EnergyRow(StepOf(same.Key.Model, same.Key.Gpu, same.Key.Batch), same.Key.Limit,
                    Statistics.Median(same.Select(row => row.Number("average_power_w")!.Value)))),
        ];
        return [.. rows.Select(row =>
            row with { IsAtDefaultLimit = row.Limit == rows.Where(other => other.Step.Card == row.Step.Card).Max(other => other.Limit) })];
    }

    public override string ToString()
        => FormattableString.Invariant($"{Step.Model} b{Step.Batch} on {Step.Card.Name} at {Limit:0} W: {Watts:0} W");

    private static TimeRow StepOf(string model, string gpu, int batch) => new()
    {
        Source = "zeus",
        Model = Models[model],
        Task = WorkloadTask.Training,
        Precision = NumberFormat.Float32,
        Card = GpuCatalog.Default.Find(Cards[gpu]),
        Batch = batch,
        Seconds = 1,
    };
}
