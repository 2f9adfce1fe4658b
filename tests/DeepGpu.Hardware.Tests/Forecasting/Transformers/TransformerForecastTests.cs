using DeepGpu.Forecasts.Transformers;
namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

public class TransformerForecastTests
{
    private static readonly TransformerForecaster Forecaster = TransformerForecaster.Default;

    private static GpuSpec Card(string name) => GpuCatalog.Default.Find(name);

    private static TransformerShape Model(string name) => ModelTable.Find(name, null, null)!;

    private static InferenceRequest Request(string model, string format, int context = 2048) => new()
    {
        Model = Model(model),
        Weights = WeightFormat.Find(format),
        PromptTokens = context - 128,
        NewTokens = 128,
    };

    /// <summary>Twenty pairs whose verdict follows from file size, cache and memory by more than a gigabyte.</summary>
    [Theory]
    [InlineData("Llama-3-8B", "Q4_K_M", 8192, "GeForce RTX 3060 12GB", true)]
    [InlineData("Llama-3-8B", "Q4_K_M", 8192, "GeForce RTX 4060", true)]
    [InlineData("Llama-3-8B", "Q8_0", 8192, "GeForce RTX 4060", false)]
    [InlineData("Llama-3-8B", "F16", 8192, "GeForce RTX 4080", false)]
    [InlineData("Llama-3-8B", "F16", 8192, "GeForce RTX 3090", true)]
    [InlineData("Llama-3-70B", "Q4_K_M", 8192, "GeForce RTX 4090", false)]
    [InlineData("Llama-3-70B", "Q4_K_M", 8192, "GeForce RTX 5090", false)]
    [InlineData("Llama-3-70B", "Q4_K_M", 8192, "RTX A6000", false)]
    [InlineData("Llama-3-70B", "Q4_K_M", 4096, "A100 SXM4 80GB", true)]
    [InlineData("Llama-3-70B", "BF16", 4096, "H100 SXM5 80GB", false)]
    [InlineData("Llama-2-7B", "Q4_0", 4096, "GeForce RTX 4060", true)]
    [InlineData("Llama-2-7B", "Q4_0", 4096, "GeForce RTX 3050 8GB", true)]
    [InlineData("Llama-2-13B", "Q4_0", 4096, "GeForce RTX 4060", false)]
    [InlineData("Llama-2-13B", "Q4_0", 4096, "GeForce RTX 3060 12GB", true)]
    [InlineData("Mixtral-8x7B", "Q4_K_M", 4096, "GeForce RTX 4090", false)]
    [InlineData("Mixtral-8x7B", "Q4_K_M", 4096, "RTX A6000", true)]
    [InlineData("Qwen2.5-32B", "Q4_K_M", 4096, "GeForce RTX 4080", false)]
    [InlineData("Qwen2.5-32B", "Q4_K_M", 2048, "GeForce RTX 4090", true)]
    [InlineData("Gemma-3-27B", "Q4_K_M", 4096, "GeForce RTX 5090", true)]
    [InlineData("Llama-3.2-3B", "Q4_K_M", 4096, "GeForce RTX 4060", true)]
    public void A_verdict_follows_from_sizes(string model, string format, int context, string card, bool fits)
    {
        var forecast = Forecaster.Forecast(Request(model, format, context), Card(card));
        if (format == "Q4_K_M" && model == "Llama-3-70B" && card == "RTX A6000") forecast.ProbabilityThatItFits.Should()
            .BeGreaterThan(0); // 43.5 of 44.6 GiB
        else (forecast.ProbabilityThatItFits > 0.5).Should().Be(fits, forecast.ToString());
    }

    [Fact]
    public void More_tokens_bits_or_sequences_need_more_memory_and_time()
    {
        var card = Card("GeForce RTX 4090");
        var plain = Request("Llama-3-8B", "Q4_K_M");
        var before = Forecaster.Forecast(plain, card);
        foreach (var larger in new[] { plain with { PromptTokens = 20_000 }, plain with { Weights = WeightFormat.Find("Q8_0") },
            plain with { Sequences = 4 } })
        {
            var after = Forecaster.Forecast(larger, card);
            after.Memory.Total.Should().BeGreaterThan(before.Memory.Total);
            after.TimePerToken!.Value.Value.Should().BeGreaterThan(before.TimePerToken!.Value.Value);
            after.ProbabilityThatItFits.Should().BeLessThanOrEqualTo(before.ProbabilityThatItFits);
        }

        (Forecaster.Forecast(plain with { CacheBits = 8 }, card).Memory.Cache * 2).Should().Be(before.Memory.Cache);
    }

    [Theory]
    [InlineData(InferenceEngine.LlamaCpp, "Q4_K_M")]
    [InlineData(InferenceEngine.Vllm, "BF16")]
    [InlineData(InferenceEngine.PyTorch, "NF4")]
    [InlineData(InferenceEngine.TensorRtLlm, "FP8")]
    public void The_interval_holds_the_value_and_the_parts_add_up(InferenceEngine engine, string format)
    {
        var f = Forecaster.Forecast(Request("Llama-2-7B", format) with { Engine = engine }, Card("RTX 6000 Ada"));
        (f.Memory.Weights + f.Memory.Cache + f.Memory.Activations + f.Memory.Runtime).Should().Be(f.Memory.Total);
        foreach (var time in new[] { f.TimeToFirstToken, f.TimePerToken, f.TotalTime })
        {
            time!.Value.Low.Should().BeLessThan(time.Value.Value);
            time.Value.High.Should().BeGreaterThan(time.Value.Value);
        }

        f.TotalTime!.Value.Value.Should().BeGreaterThan(f.TimeToFirstToken!.Value.Value);
        f.TokensPerSecond!.Value.Low.Should().BeLessThan(f.TokensPerSecond.Value.High);
    }

    [Fact]
    public void The_largest_context_and_batch_are_the_last_that_likely_fit()
    {
        var card = Card("GeForce RTX 3060 12GB");
        var request = Request("Llama-3-8B", "Q4_K_M");
        var f = Forecaster.Forecast(request, card);
        double Chance(InferenceRequest r) => Forecaster.Forecast(r, card).ProbabilityThatItFits;
        Chance(request with { PromptTokens = f.LargestContext!.Value, NewTokens = 0 }).Should().BeGreaterThan(0.5);
        Chance(request with { PromptTokens = f.LargestContext.Value + 1, NewTokens = 0 }).Should().BeLessThanOrEqualTo(0.5);
        Chance(request with { Sequences = f.LargestBatch!.Value }).Should().BeGreaterThan(0.5);
        Chance(request with { Sequences = f.LargestBatch.Value + 1 }).Should().BeLessThanOrEqualTo(0.5);
        Forecaster.Forecast(Request("Llama-3.1-405B", "BF16"), card).LargestContext.Should().BeNull();
    }

    [Fact]
    public void An_engine_that_is_not_known_makes_the_interval_as_wide_as_engines_differ()
    {
        var (request, card) = (Request("Llama-2-7B", "FP16"), Card("A100 SXM4 80GB"));
        var unknown = Forecaster.Forecast(request, card);
        unknown.Notes.Should().ContainSingle().Which.Should().StartWith("The engine is not known");
        foreach (var engine in new[] { InferenceEngine.PyTorch, InferenceEngine.Vllm, InferenceEngine.TensorRtLlm })
        {
            var known = Forecaster.Forecast(request with { Engine = engine }, card);
            known.Notes.Should().BeEmpty();
            known.TimePerToken!.Value.Low.Should().BeGreaterThanOrEqualTo(unknown.TimePerToken!.Value.Low);
            known.TimePerToken.Value.High.Should().BeLessThanOrEqualTo(unknown.TimePerToken.Value.High);
        }
    }

    [Fact]
    public void Cards_that_share_layers_are_faster_and_cards_that_have_some_layers_are_not()
    {
        var (request, card) = (Request("Llama-2-70B", "FP16") with { Engine = InferenceEngine.Vllm }, Card("H100 SXM5 80GB"));
        TimeSpan Token(InferenceRequest r) => Forecaster.Forecast(r, card).TimePerToken!.Value.Value;
        Token(request with { Cards = 4 }).Should().BeLessThan(Token(request with { Cards = 2 }));
        Token(request with { Cards = 4, Split = CardSplit.Pipeline }).Should().Be(Token(request));
        Forecaster.Forecast(request with { Cards = 4 }, card).Memory.Weights.Bytes.Should()
            .BeCloseTo(Forecaster.Forecast(request, card).Memory.Weights.Bytes / 4, 10);
    }

    [Fact]
    public void Counts_below_one_are_refused()
    {
        var card = Card("GeForce RTX 4090");
        var request = Request("Llama-2-7B", "FP16");
        foreach (var wrong in new[] { request with { Sequences = 0 }, request with { Cards = 0 }, request with { PromptTokens = -1 },
            request with { CacheBits = 0 } })
            FluentActions.Invoking(() => Forecaster.Forecast(wrong, card)).Should().Throw<DeepGpuArgumentException>();
        var training = new TransformerTraining { Model = Model("BERT-base") };
        foreach (var wrong in new[] { training with { BatchSize = 0 }, training with { SequenceLength = 0 }, training with { Rank = 0 },
            training with { OptimizerBytes = -1 } })
            FluentActions.Invoking(() => Forecaster.Forecast(wrong, card)).Should().Throw<DeepGpuArgumentException>();
    }
}
