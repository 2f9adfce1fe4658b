using DeepGpu.Forecasts.Transformers;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>What the law of time must do whatever its constants are.</summary>
public class InferenceLawTests
{
    private static readonly double[] Constants = TransformerCalibration.Default.Time;

    private static GpuSpec Card(string name) => GpuCatalog.Default.Find(name);

    private static TransformerShape Model(string name) => ModelTable.Find(name, null, null)!;

    private static InferenceSetting Setting(GpuSpec card, EngineClass engine, string model, WeightFormat format, int cards = 1)
        => InferenceSettings.Of(card, engine, format, Model(model), cards)!;

    /// <summary>Of n cards with some layers each, m passes take as long as m + n - 1 of one card's share: n times faster for many passes,
    /// no faster for one.</summary>
    [Theory]
    [InlineData(400, 3)]
    [InlineData(512 * 7, 3)]
    [InlineData(512 * 5 + 1, 4)]
    public void Cards_with_some_layers_each_read_a_long_prompt_at_once(int tokens, int cards)
    {
        var format = WeightFormat.Find("Q8_0");
        double Seconds(int count) => InferenceLaw.Prefill(Constants,
            Setting(Card("RTX A6000"), EngineClass.LlamaCuda, "Llama-3-8B", format, count),
            InferenceTerms.Prefill(Model("Llama-3-8B"), format, tokens, 1, EngineClass.LlamaCuda));
        var passes = Math.Ceiling(tokens / 512.0);
        (Seconds(cards) / Seconds(1)).Should().BeApproximately((passes + cards - 1) / (passes * cards), 1e-12);
    }

    /// <summary>The same units at a lower rated power read prompts more slowly, and decode alike.</summary>
    [Fact]
    public void A_lower_rated_power_holds_the_units_back_in_prefill()
    {
        var free = Setting(Card("GeForce RTX 4090"), EngineClass.LlamaCuda, "Llama-3-8B", WeightFormat.Float16);
        var held = free with { Watts = free.Watts / 3 };
        var unknown = free with { Watts = 0 };
        var prompt = InferenceTerms.Prefill(Model("Llama-3-8B"), WeightFormat.Float16, 2000, 1, EngineClass.LlamaCuda);
        var step = InferenceTerms.Decode(Model("Llama-3-8B"), WeightFormat.Float16, 500, 1, 16);
        InferenceLaw.Prefill(Constants, held, prompt).Should().BeGreaterThan(1.2 * InferenceLaw.Prefill(Constants, free, prompt));
        InferenceLaw.Prefill(Constants, unknown, prompt).Should().BeLessThan(InferenceLaw.Prefill(Constants, free, prompt));
        InferenceLaw.Decode(Constants, held, step).Should().Be(InferenceLaw.Decode(Constants, free, step));
    }

    /// <summary>Plain PyTorch's host and card work side by side: a step takes no less than either and no more than both.</summary>
    [Fact]
    public void A_host_that_starts_each_kernel_works_beside_the_card()
    {
        var (model, format) = ("Llama-2-7B", WeightFormat.Float16);
        var step = InferenceTerms.Decode(Model(model), format, 300, 1, 16);
        var setting = Setting(Card("A40"), EngineClass.Eager, model, format);
        var faster = setting with
        {
            Bandwidth = setting.Bandwidth * 1e6,
            DecodeRate = setting.DecodeRate * 1e6,
            Issue = setting.Issue * 1e6,
        };
        var whole = InferenceLaw.Decode(Constants, setting, step);
        var host = InferenceLaw.Decode(Constants, faster, step);
        var card = step.WeightBytes / setting.Bandwidth;
        whole.Should().BeGreaterThan(host).And.BeGreaterThan(card);
        host.Should().BeGreaterThan(0.3 * whole);
    }

    [Fact]
    public void A_server_reads_others_prompts_between_the_tokens()
    {
        var request = new InferenceRequest
        {
            Model = Model("Llama-3-8B"),
            Sequences = 48,
            PromptTokens = 3000,
            NewTokens = 150,
            Engine = InferenceEngine.Vllm,
        };
        var card = Card("H100 SXM5 80GB");
        TimeSpan Token(InferenceRequest r) => TransformerForecaster.Default.Forecast(r, card).TimePerToken!.Value.Value;
        var alone = Token(request);
        Token(request with { IsServed = true }).Should().BeGreaterThan(1.2 * alone);
        var brief = request with { PromptTokens = 1, NewTokens = 3149 };
        (Token(brief with { IsServed = true }) / Token(brief)).Should().BeInRange(1, 1.05);
        var f = TransformerForecaster.Default.Forecast(request with { IsServed = true }, card);
        f.TimeToFirstToken!.Value.Value.Should().BeLessThan(
            TransformerForecaster.Default.Forecast(request, card).TimeToFirstToken!.Value.Value / 10);
    }

    [Theory]
    [InlineData(InferenceEngine.LlamaCpp, false)]
    [InlineData(InferenceEngine.PyTorch, false)]
    [InlineData(InferenceEngine.AutoAwq, false)]
    [InlineData(InferenceEngine.Vllm, true)]
    [InlineData(InferenceEngine.TensorRtLlm, true)]
    public void Engines_share_each_layer_or_give_each_card_some_as_they_do_by_themselves(InferenceEngine engine, bool shares)
    {
        var request = new InferenceRequest { Model = Model("Llama-2-70B"), Engine = engine, Weights = WeightFormat.Float16, Cards = 4 };
        TimeSpan Token(InferenceRequest r) => TransformerForecaster.Default.Forecast(r, Card("A100 SXM4 80GB")).TimePerToken!.Value.Value;
        Token(request).Should().Be(Token(request with { Split = shares ? CardSplit.Tensor : CardSplit.Pipeline }));
        (Token(request) < Token(request with { Cards = 1 })).Should().Be(shares);
    }

    /// <summary>Few heads of few sequences leave most of a card idle while the cache is read.</summary>
    [Fact]
    public void The_cache_of_few_heads_is_read_more_slowly()
    {
        var setting = Setting(Card("A100 SXM4 80GB"), EngineClass.Vllm, "Llama-3-8B", WeightFormat.Float16);
        var long_ = InferenceTerms.Decode(Model("Llama-3-8B"), WeightFormat.Float16, 30_000, 1, 16);
        InferenceLaw.Decode(Constants, setting, long_ with { Heads = 1 }).Should()
            .BeGreaterThan(InferenceLaw.Decode(Constants, setting, long_ with { Heads = 64 }));
        InferenceTerms.Decode(Model("Llama-3-8B"), WeightFormat.Float16, 10, 3, 16).Heads.Should().Be(3 * 8);
        InferenceTerms.Decode(Model("DeepSeek-V2-Lite"), WeightFormat.Float16, 10, 3, 16).Heads.Should().Be(3);
    }
}
