using DeepGpu.Forecasts.Transformers;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>Draw and energy while tokens are made.</summary>
public class InferencePowerTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("H100 SXM5 80GB");

    private static readonly InferenceRequest Request = new()
    {
        Model = ModelTable.Find("Llama-2-13B", null, null)!,
        Engine = InferenceEngine.Vllm,
        PromptTokens = 300,
        NewTokens = 170,
    };

    private static InferenceForecast Forecast(InferenceRequest request, GpuSpec? card = null)
        => TransformerForecaster.Default.Forecast(request, card ?? Card);

    [Fact]
    public void Energy_of_a_token_is_draw_over_tokens_a_second()
    {
        var f = Forecast(Request with { Sequences = 9, Cards = 3 });
        var (draw, energy) = (f.AveragePower!.Value, f.EnergyPerToken!.Value);
        energy.Value.Joules.Should().BeApproximately(draw.Value.Watts / f.TokensPerSecond!.Value.Value, 1e-9);
        energy.Low.Should().BeLessThan(energy.Value);
        energy.High.Should().BeGreaterThan(energy.Value);
        (energy.High.Joules / energy.Value.Joules).Should().BeGreaterThan(draw.High.Watts / draw.Value.Watts);
    }

    [Fact]
    public void More_work_draws_more_and_never_more_than_the_rated_power()
    {
        var idle = Forecast(Request).AveragePower!.Value.Value.Watts;
        var busy = Forecast(Request with { Sequences = 200 }).AveragePower!.Value.Value.Watts;
        busy.Should().BeGreaterThan(idle);
        busy.Should().BeLessThanOrEqualTo(Card.Tdp!.Value.Watts);
        Forecast(Request with { Sequences = 200 }).EnergyPerToken!.Value.Value.Should()
            .BeLessThan(Forecast(Request).EnergyPerToken!.Value.Value);
    }

    [Fact]
    public void Cards_that_wait_for_each_other_draw_less_each()
    {
        double Each(CardSplit split, int cards)
            => Forecast(Request with { Cards = cards, Split = split }).AveragePower!.Value.Value.Watts / cards;
        Each(CardSplit.Pipeline, 4).Should().BeLessThan(Each(CardSplit.Pipeline, 1));
    }

    [Fact]
    public void Nothing_is_said_of_an_engine_or_a_rated_power_that_is_not_known()
    {
        Forecast(Request with { Engine = InferenceEngine.Unknown }).AveragePower.Should().BeNull();
        Forecast(Request, Card with { Tdp = null }).EnergyPerToken.Should().BeNull();
        Forecast(Request, Card with { Tdp = null }).TimePerToken.Should().NotBeNull();
    }
}
