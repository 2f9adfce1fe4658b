using DeepGpu.Forecasts.Transformers;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>One measurement of the user's own corrects other forecasts of its card.</summary>
public class OwnInferenceTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("GeForce RTX 4070");

    private static readonly InferenceRequest Request = new()
    {
        Model = ModelTable.Find("Llama-3-8B", null, null)!,
        Weights = WeightFormat.Find("Q4_K_M"),
        PromptTokens = 700,
        NewTokens = 90,
        Engine = InferenceEngine.LlamaCpp,
    };

    private static TransformerForecaster Knowing(double slower) => TransformerForecaster.Default.Calibrate(new(Request, Card)
    {
        TimePerToken = Token(TransformerForecaster.Default, Request, Card).Value * slower,
        TimeToFirstToken = First(TransformerForecaster.Default, Request, Card).Value / slower,
    });

    private static Estimate<TimeSpan> Token(TransformerForecaster f, InferenceRequest r, GpuSpec card)
        => f.Forecast(r, card).TimePerToken!.Value;

    private static Estimate<TimeSpan> First(TransformerForecaster f, InferenceRequest r, GpuSpec card)
        => f.Forecast(r, card).TimeToFirstToken!.Value;

    private static double Correction(Func<TransformerForecaster, Estimate<TimeSpan>> time)
        => Math.Log(time(Knowing(1.5)).Value / time(TransformerForecaster.Default).Value) / Math.Log(1.5);

    private static double Share(InferencePhase phase, InferenceSimilarity similarity)
        => TransformerCalibration.Default.Own[(phase, similarity)].Share;

    [Fact]
    public void A_forecast_takes_the_share_of_the_excess_that_measured_times_have_in_common()
    {
        var longer = Request with { PromptTokens = 3000 };
        var other = Request with { Model = ModelTable.Find("Llama-3.2-3B", null, null)! };
        var plain = Request with { Engine = InferenceEngine.PyTorch, Weights = WeightFormat.Find("BF16") };
        foreach (var (request, similarity) in new[] { (longer, InferenceSimilarity.Model), (other, InferenceSimilarity.Engine),
            (plain, InferenceSimilarity.Card) })
        {
            Correction(f => Token(f, request, Card)).Should().BeApproximately(Share(InferencePhase.Decode, similarity), 0.001);
            Correction(f => First(f, request, Card)).Should().BeApproximately(-Share(InferencePhase.Prefill, similarity), 0.001);
        }
    }

    [Fact]
    public void The_more_two_times_have_in_common_the_larger_is_the_share()
    {
        foreach (var phase in Enum.GetValues<InferencePhase>())
        {
            Share(phase, InferenceSimilarity.Model).Should().BeGreaterThan(Share(phase, InferenceSimilarity.Card));
            Share(phase, InferenceSimilarity.Model).Should().BeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Intervals_of_the_card_become_narrower_and_other_cards_are_not_touched()
    {
        static double Width(Estimate<TimeSpan> e) => Math.Log(e.High / e.Low);
        Width(Token(Knowing(1.5), Request, Card)).Should().BeLessThan(Width(Token(TransformerForecaster.Default, Request, Card)));
        var elsewhere = GpuCatalog.Default.Find("GeForce RTX 4090");
        Token(Knowing(1.5), Request, elsewhere).Should().Be(Token(TransformerForecaster.Default, Request, elsewhere));
        Knowing(1.5).Forecast(Request, Card).PeakMemory.Should().Be(TransformerForecaster.Default.Forecast(Request, Card).PeakMemory);
    }

    [Fact]
    public void The_last_measurement_of_a_request_counts()
    {
        var twice = Knowing(3).Calibrate(new(Request, Card) { TimePerToken = Token(TransformerForecaster.Default, Request, Card).Value });
        Token(twice, Request, Card).Value.Should().BeCloseTo(Token(TransformerForecaster.Default, Request, Card).Value,
            TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public void An_engine_that_is_not_named_and_times_of_nothing_are_refused()
    {
        var unnamed = new InferenceMeasurement(Request with { Engine = InferenceEngine.Unknown, Weights = WeightFormat.BFloat16 }, Card);
        FluentActions.Invoking(() => TransformerForecaster.Default.Calibrate(unnamed)).Should().Throw<DeepGpuArgumentException>()
            .Which.Fault.Code.Should().Be("engine_not_named");
        FluentActions.Invoking(() => new InferenceMeasurement(Request, Card) { TimePerToken = TimeSpan.Zero }).Should()
            .Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new InferenceMeasurement(Request, Card) { TimeToFirstToken = TimeSpan.FromSeconds(-1) }).Should()
            .Throw<DeepGpuArgumentException>();
    }

    /// <summary>Three models on each of nine cards, whose excess is the card's: the share is 1. Where excesses have nothing in common
    /// it is 0.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_share_is_what_rows_of_a_card_have_in_common(bool isOfTheCard)
    {
        var cards = GpuCatalog.Default.Cards.Take(9).ToList();
        string[] models = ["Llama-3-8B", "Llama-2-7B", "Llama-2-13B"];
        List<InferenceRow> rows = [.. cards.SelectMany(card => models.Select(name => new InferenceRow
        {
            Source = "made up",
            Task = InferenceTask.Decode,
            Shape = ModelTable.Find(name, null, null)!,
            Card = card,
            Engine = EngineClass.LlamaCuda,
            Format = WeightFormat.Float16,
            Seconds = 1,
        }))];
        double[] odd = [0.3, -0.15, -0.15];
        var found = OwnInferenceFit.Run(rows, row => isOfTheCard ? 0.1 * (cards.IndexOf(row.Card) - 3.5) : odd[rows.IndexOf(row) % 3])
            .Single(row => row is { Phase: InferencePhase.Decode, Similarity: InferenceSimilarity.Engine });
        found.Share.Should().BeApproximately(isOfTheCard ? 1 : 0, 1e-9);
        found.Pairs.Should().Be(9 * 3 * 2);
        if (isOfTheCard) found.After.Should().BeLessThan(1e-9);
    }
}
