namespace DeepGpu.Hardware;

/// <summary>Two cards side by side.</summary>
public sealed record GpuComparison
{
    private const double Noticeable = 1.05;

    /// <summary>One card, with its score for the work asked about.</summary>
    public required ScoredGpu First { get; init; }

    /// <summary>The other.</summary>
    public required ScoredGpu Second { get; init; }

    /// <summary>What they are compared for, in words: "training of CNN: images and video (Float32)".</summary>
    public required string Work { get; init; }

    /// <summary>The forecasts of the model that they are compared for; null where they are compared for a kind of work.</summary>
    public (GpuForecast First, GpuForecast Second)? Forecasts { get; init; }

    /// <summary>What both state, figure by figure, with ratios.</summary>
    public required IReadOnlyList<ComparedFigure> Figures { get; init; }

    /// <summary>One sentence: which is faster, and what the other has for it.</summary>
    public string Explain()
    {
        var (first, second) = Speeds();
        if (first is null || second is null)
            return $"Which is faster for {Work} is not known: {(first is null ? First : Second).Card.Name} lacks the format or the figure.";
        var isFirst = first >= second;
        var (faster, slower) = isFirst ? (First, Second) : (Second, First);
        var better = $"{slower.Card.Name} is better in {Better(slower == First)}";
        var ratio = isFirst ? first.Value / second.Value : second.Value / first.Value;
        if (ratio < Noticeable) return $"{First.Card.Name} and {Second.Card.Name} are equally fast for {Work}; {better}.";
        return $"{faster.Card.Name} is {(Forecasts is null ? "the faster" : $"{Words.Of(ratio)} times as fast")} for "
            + $"{Work}{Doubt()}; {better}.";
    }

    /// <summary>The comparison as public JSON: <c>{first, second, facts: [{name, unit, first, second, ratio}], verdict}</c>;
    /// ratio is first over second.</summary>
    public string ToJson() => JsonText.Object(json =>
    {
        json.WriteString("first", First.Card.Name);
        json.WriteString("second", Second.Card.Name);
        json.Objects("facts", Figures, figure =>
        {
            json.WriteString("name", figure.Name);
            json.WriteString("unit", figure.Unit);
            json.Number("first", figure.First);
            json.Number("second", figure.Second);
            json.Number("ratio", figure.Ratio);
        });
        json.WriteString("verdict", Explain());
    });

    internal static GpuComparison Of(ScoredGpu first, ScoredGpu second, string work) => new()
    {
        First = first,
        Second = second,
        Work = work,
        Figures = [.. ComparedFigure.All.Select(figure => figure(first, second))
            .Where(figure => figure.First is not null || figure.Second is not null)],
    };

    private (double? First, double? Second) Speeds() => Forecasts is { } both
        ? (both.First.SamplesPerSecond?.Value, both.Second.SamplesPerSecond?.Value)
        : (First.Throughput, Second.Throughput);

    private string Better(bool ofFirst)
    {
        var names = Figures.Where(figure => figure.Name is not ("score" or "throughput") && figure.Advantage(ofFirst) >= Noticeable)
            .Select(figure => figure.Name).ToList();
        return names.Count == 0 ? "nothing" : string.Join(", ", names);
    }

    private string Doubt()
        => Forecasts is { First.StepTime: { } one, Second.StepTime: { } other } && one.Low <= other.High && other.Low <= one.High
            ? ", an order that the intervals leave open"
            : "";
}

/// <summary>One figure of two cards.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="First">Of the first card; null where unknown.</param>
/// <param name="Second">Of the second card; null where unknown.</param>
/// <param name="LessIsBetter">Whether the smaller figure is the better one.</param>
public sealed record ComparedFigure(string Name, string Unit, double? First, double? Second, bool LessIsBetter = false)
{
    /// <summary>The first over the second; null where one is unknown, and for a year.</summary>
    public double? Ratio => Unit.Length == 0 ? null : First / Second;

    internal static IReadOnlyList<Func<ScoredGpu, ScoredGpu, ComparedFigure>> All { get; } =
    [
        Of("score", "of 100", s => s.Score),
        Of("throughput", "of 100", s => s.Throughput),
        Of("VRAM", "GiB", s => s.Card.Vram.Gibibytes),
        Of("bandwidth", "GB/s", s => s.Card.Bandwidth.GigabytesPerSecond),
        Of("L2 cache", "MiB", s => s.Card.L2Cache?.Mebibytes),
        Of("FP32", "TFLOPS", s => s.Card.Float32Rate?.Teraflops),
        Of("TF32 matrix", "TFLOPS", s => s.Card.TensorFloat32MatrixRate?.Teraflops),
        Of("FP16 matrix", "TFLOPS", s => s.Card.Float16MatrixRate?.Teraflops),
        Of("BF16 matrix", "TFLOPS", s => s.Card.BFloat16MatrixRate?.Teraflops),
        Of("FP8 matrix", "TFLOPS", s => s.Card.Float8MatrixRate?.Teraflops),
        Of("INT8", "TOPS", s => s.Card.Int8Rate?.Teraflops),
        Of("FP64", "TFLOPS", s => s.Card.Float64Rate?.Teraflops),
        Of("power", "W", s => s.Card.Tdp?.Watts, lessIsBetter: true),
        Of("launch price", "USD", s => s.Card.LaunchPrice?.Dollars, lessIsBetter: true),
        Of("slots", "slots", s => s.Card.SlotWidth, lessIsBetter: true),
        Of("PCIe", "GB/s", s => s.Card.PcieBandwidth?.GigabytesPerSecond),
        Of("interconnect", "GB/s", s => s.Card.InterconnectBandwidth?.GigabytesPerSecond),
        Of("release year", "", s => s.Card.ReleaseYear),
    ];

    /// <summary>How many times better one card is in this figure; 0 without a ratio.</summary>
    internal double Advantage(bool ofFirst) => Ratio is not { } ratio ? 0 : ofFirst != LessIsBetter ? ratio : 1 / ratio;

    private static Func<ScoredGpu, ScoredGpu, ComparedFigure> Of(string name, string unit,
        Func<ScoredGpu, double?> value, bool lessIsBetter = false)
        => (first, second) => new(name, unit, value(first), value(second), lessIsBetter);
}
