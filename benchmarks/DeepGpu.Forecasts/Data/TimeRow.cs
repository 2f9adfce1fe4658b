using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>A measured step of a whole model: what was run, on what, how long it took.</summary>
internal sealed record TimeRow
{
    /// <summary>The source of many networks on two cards.</summary>
    public const string Pictures = "timm";

    /// <summary>Cards that differ in little but their name, by the protocol of the published table.</summary>
    private static readonly string[][] NearIdentical = [["TITAN RTX", "Quadro RTX 6000", "Quadro RTX 8000"]];

    public required string Source { get; init; }

    public required string Model { get; init; }

    public required WorkloadTask Task { get; init; }

    public required NumberFormat Precision { get; init; }

    public required GpuSpec Card { get; init; }

    public required int Batch { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Whether the step includes the optimizer.</summary>
    public bool Updates { get; init; }

    /// <summary>Whether the source copies images to the card inside the step.</summary>
    public bool Uploads { get; init; }

    /// <summary>Whether the source's data loader may be the limit.</summary>
    public bool IsLoaderLimited { get; init; }

    /// <summary>Whether convolutions run in channels-last layout.</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>Whether half precision is mixed by autocast: other sources cast whole networks.</summary>
    public bool IsAutocast => IsHalf && Source is ("NVIDIA" or "headline" or Pictures);

    public bool IsHalf => Precision is NumberFormat.Float16 or NumberFormat.BFloat16;

    /// <summary>Cards that leave together: those the protocol names as near-identical.</summary>
    public string Fold => NearIdentical.FirstOrDefault(names => names.Contains(Card.Name)) is { } names ? names[0] : Card.Name;

    /// <summary>The stricter rule: the same chip, units and bandwidth, whatever the size of the memory or the socket.</summary>
    public string Chip
        => string.Join('/', Card.Architecture, Card.ComputeUnits, Math.Round(Card.Float32Rate?.Teraflops ?? 0),
            Math.Round(Card.Bandwidth.GigabytesPerSecond / 50));

    public string Generation
        => Hardware.Forecasting.Generation.PlaceOf(Card) is >= 0 and var place
            ? Hardware.Forecasting.Generation.All[place].Name : Card.Architecture;

    /// <summary>The row of the printed table.</summary>
    public string Group => (Source, Task, IsHalf) switch
    {
        (Pictures, WorkloadTask.Training, _) => "CNNs of timm's tables, training, mixed",
        (Pictures, _, _) => "CNNs of timm's tables, inference, mixed",
        ("headline", _, _) when Model.StartsWith("ssd", StringComparison.Ordinal) => "SSD300 training",
        ("headline", _, true) => "ResNet-50 training, mixed",
        ("headline", _, false) => "ResNet-50 training, FP32/TF32",
        (_, WorkloadTask.Training, false) => "CNN training, FP32/TF32",
        (_, WorkloadTask.Training, true) => "CNN training, half",
        (_, _, _) when Batch < 8 => "CNN inference, batch < 8",
        (_, _, false) => "CNN inference, FP32/TF32, batch >= 8",
        _ => "CNN inference, half, batch >= 8",
    };

    public override string ToString()
        => FormattableString.Invariant($"{Model} {Task} {Precision} b{Batch} on {Card.Name} ({Source}): {Seconds * 1e3:0.0} ms");
}
