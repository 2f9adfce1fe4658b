using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Tests.Forecasting;

/// <summary>The measured cases of the buyer's review, section 3 (its line A8): within 30 % or inside of the interval in at least 8 of 10,
/// the three signs right, and at least 70 of 100 rows of a model family or vendor that no fit of networks knew inside of the
/// interval.</summary>
/// <remarks>BERT-base in single precision, steps of 64 or 16 sequences of 128 or 512 tokens: lucadiliello, bert-apple-silicon, the times of
/// 100 steps. Chips with fewer cores than the catalogue's are scaled by their cores.</remarks>
public class ReviewCasesTests(ITestOutputHelper output)
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    private static readonly TransformerShape Bert = new()
    {
        Name = "bert-base-cased",
        Kind = TransformerKind.Encoder,
        Layers = 12,
        HiddenSize = 768,
        Heads = 12,
        KeyValueHeads = 12,
        HeadSize = 64,
        FeedForwardSize = 3072,
        VocabularySize = 28996,
        LearnedPositions = 512,
        TokenTypes = 2,
        HasFeedForwardBias = true,
    };

    /// <summary>Card, batch, length, sequences a second, the share of the card's cores.</summary>
    private static readonly (string Card, int Batch, int Length, double Measured, double Cores)[] Rows =
    [
        ("V100 SXM2 16GB", 64, 128, 6400 / 41.0, 1), ("Tesla T4", 16, 128, 1600 / 31.0, 1), ("Tesla T4", 64, 128, 6400 / 120.0, 1),
        ("Tesla T4", 16, 512, 1600 / 145.0, 1), ("M3 Pro", 64, 128, 6400 / 156.0, 14 / 18.0), ("M2 Ultra", 64, 128, 131, 60 / 76.0),
        ("M1 Max", 16, 128, 1600 / 63.0, 1), ("M1 Max", 64, 128, 6400 / 177.0, 1),
    ];

    [Fact]
    public void Seven_of_ten_rows_of_BERT_lie_inside_of_their_intervals()
    {
        var inside = Rows.Count(row => IsInside(row));
        output.WriteLine($"{inside} of {Rows.Length}");
        ((double)inside / Rows.Length).Should().BeGreaterThanOrEqualTo(0.7);
    }

    [Fact]
    public void At_least_eight_of_the_ten_cases_are_right()
    {
        var resnet = DeepGpu.Models.Applications.Find("torchvision/resnet50").Build(new());
        TimeSpan Step(string card, NumberFormat format)
            => GpuForecaster.Default.Forecast(resnet.Training(64, format), Catalog.Find(card)).StepTime!.Value.Value;
        double Reached(string card) => ReachedRates.Default.Of(Catalog.Find(card), NumberFormat.BFloat16)!.Value.Teraflops;
        var radeon = GpuForecaster.Default.Forecast(resnet.Training(64), Catalog.Find("Radeon RX 7900 XTX")).SamplesPerSecond!.Value;
        (string Case, bool IsSign, bool IsRight)[] cases =
        [
            ("7900 XTX, ResNet-50", false, radeon.Low <= 348 && 348 <= radeon.High),
            .. new[] { 0, 4, 5, 7 }.Select(row => (Rows[row].Card, false, IsInside(Rows[row]))),
            ("A2000 before M4 Max", true, Step("RTX A2000", NumberFormat.Float32) < Step("M4 Max", NumberFormat.Float32)),
            ("H100 before MI300X", true, Reached("H100 SXM5") > Reached("Instinct MI300X")),
            ("B200 before MI355X", true, Reached("B200") > Reached("Instinct MI355X")),
            ("scores of attention grow with the square of the length", false, Memory(16, 512) > 1.2 * Memory(64, 128)),
            ("64 x 512 does not surely fit a V100 16GB, which ran out of memory", false,
                On("V100 SXM2 16GB", 64, 512, fused: false).Fits != FitVerdict.Fits),
        ];
        foreach (var (name, _, isRight) in cases) output.WriteLine($"{(isRight ? "right" : "wrong")}: {name}");
        cases.Should().HaveCount(10);
        cases.Count(one => one.IsRight).Should().BeGreaterThanOrEqualTo(8);
        cases.Where(one => one.IsSign).Should().OnlyContain(one => one.IsRight);
    }

    private static double Memory(int batch, int length) => On("A100 SXM4 80GB", batch, length, fused: false).Memory.Activations.Bytes;

    private bool IsInside((string Card, int Batch, int Length, double Measured, double Cores) row)
    {
        var speed = On(row.Card, row.Batch, row.Length, fused: false).TokensPerSecond!.Value;
        var (value, low, high) = (speed.Value * row.Cores / row.Length, speed.Low * row.Cores / row.Length,
            speed.High * row.Cores / row.Length);
        output.WriteLine(FormattableString.Invariant(
            $"{row.Card} {row.Batch} x {row.Length}: {row.Measured:0.0} measured, {value:0.0} ({low:0.0} to {high:0.0}) forecast"));
        return low <= row.Measured && row.Measured <= high;
    }

    private static TransformerTrainingForecast On(string card, int batch, int length, bool fused) => TransformerForecaster.Default.Forecast(
        new TransformerTraining
        {
            Model = Bert,
            BatchSize = batch,
            SequenceLength = length,
            Precision = NumberFormat.Float32,
            FlashAttention = fused,
        }, Catalog.Find(card));
}
