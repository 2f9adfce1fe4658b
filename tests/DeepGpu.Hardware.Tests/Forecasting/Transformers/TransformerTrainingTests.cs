using DeepGpu.Forecasts.Transformers;
namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

public class TransformerTrainingTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("GeForce RTX 3090");

    private static TransformerTraining Step(int batch, int length) => new()
    {
        Model = ModelTable.Find("BERT-base", null, null)!,
        BatchSize = batch,
        SequenceLength = length,
        Precision = NumberFormat.Float32,
        FlashAttention = false,
    };

    private static TransformerTrainingForecast Forecast(TransformerTraining step) => TransformerForecaster.Default.Forecast(step, Card);

    /// <summary>Scores of heads x length x length are kept: beyond what is linear in the length, four times the length keeps sixteen times
    /// as much.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void Unfused_attention_keeps_memory_that_grows_with_the_square_of_the_length(int batch)
    {
        double Activations(int length, bool fused) => Forecast(Step(batch, length) with { FlashAttention = fused })
            .Memory.Activations.Bytes;
        double Scores(int length) => Activations(length, false) - Activations(length, true);
        (Scores(512) / Scores(128)).Should().BeApproximately(16, 0.01);
        (Activations(512, true) / Activations(128, true)).Should().BeApproximately(4, 0.01);
    }

    [Fact]
    public void The_interval_of_memory_is_at_least_a_tenth_each_way()
    {
        var peak = Forecast(Step(16, 128)).PeakMemory;
        (peak.Low.Bytes / (double)peak.Value.Bytes).Should().BeLessThan(0.9);
        (peak.High.Bytes / (double)peak.Value.Bytes).Should().BeGreaterThan(1.1);
    }

    [Fact]
    public void Weights_gradients_and_the_optimizers_state_follow_from_the_method()
    {
        var parameters = ModelTable.Find("BERT-base", null, null)!.ParameterCount;
        var full = Forecast(Step(16, 128)).Memory;
        full.Weights.Bytes.Should().Be(4 * parameters);
        full.Gradients.Bytes.Should().Be(4 * parameters);
        full.OptimizerState.Bytes.Should().Be(8 * parameters);
        var adapters = Step(16, 128) with { Method = FineTuning.Lora, Rank = 4, Precision = NumberFormat.BFloat16 };
        adapters.AdapterParameters.Should().Be(4 * 12 * 4 * (768 + 768)); // q, k, v and output: a matrix of rank 4 each way
        var lora = Forecast(adapters).Memory;
        lora.Weights.Bytes.Should().Be(2 * parameters + 4 * adapters.AdapterParameters);
        lora.Gradients.Bytes.Should().Be(4 * adapters.AdapterParameters);
    }

    [Fact]
    public void Checkpointing_and_adapters_save_memory_and_larger_batches_take_more_of_both()
    {
        var plain = Forecast(Step(16, 256));
        Forecast(Step(16, 256) with { Checkpointing = true }).Memory.Total.Should().BeLessThan(plain.Memory.Total);
        Forecast(Step(16, 256) with { Checkpointing = true }).StepTime!.Value.Value.Should().BeGreaterThan(plain.StepTime!.Value.Value);
        Forecast(Step(16, 256) with { Method = FineTuning.Lora }).Memory.Total.Should().BeLessThan(plain.Memory.Total);
        var larger = Forecast(Step(32, 256));
        larger.Memory.Total.Should().BeGreaterThan(plain.Memory.Total);
        larger.StepTime!.Value.Value.Should().BeGreaterThan(plain.StepTime.Value.Value);
    }

    [Fact]
    public void Four_bit_weights_take_a_quarter_of_half_precision()
    {
        var model = ModelTable.Find("Llama-2-7B", null, null)!;
        var step = new TransformerTraining { Model = model, Method = FineTuning.Lora };
        var (half, four) = (Forecast(step).Memory.Weights.Bytes, Forecast(step with { Method = FineTuning.QLora }).Memory.Weights.Bytes);
        (four / (double)half).Should().BeInRange(0.26, 0.33); // tables stay in half precision
    }

    /// <summary>The adapters that LitGPT prints: rank 8 on query and value of Phi 1.5 and Llama 2 7B.</summary>
    [Theory]
    [InlineData("Phi-1.5", 8, AdapterTargets.QueryAndValue, 1_572_864)]
    [InlineData("Llama-2-7B", 8, AdapterTargets.QueryAndValue, 4_194_304)]
    [InlineData("Llama-2-7B", 4, AdapterTargets.Attention, 4 * 32 * 4 * 8192)]
    [InlineData("Llama-3-8B", 16, AdapterTargets.AllProducts, 16 * 32 * (2 * (8192 + 5120) + 3 * (4096 + 14336)))]
    public void Adapters_have_a_matrix_in_and_one_out_of_their_rank(string model, int rank, AdapterTargets targets, long weights)
        => new TransformerTraining { Model = ModelTable.Find(model, null, null)!, Method = FineTuning.Lora, Rank = rank, Targets = targets }
            .AdapterParameters.Should().Be(weights);

    [Fact]
    public void A_loss_made_from_parts_of_the_outputs_keeps_less()
    {
        var step = new TransformerTraining { Model = ModelTable.Find("Llama-3-8B", null, null)!, Method = FineTuning.QLora };
        var (whole, parts) = (Forecast(step).Memory.Activations, Forecast(step with { ChunkedLoss = true }).Memory.Activations);
        (whole - parts).Bytes.Should().BeGreaterThan(512L * 128_256 * 8); // at least two copies in 32 bits of each output
    }

    [Fact]
    public void Gradients_added_up_over_passes_share_one_update()
    {
        var step = Step(8, 128) with { Precision = NumberFormat.Float16 };
        double Seconds(int steps) => Forecast(step with { AccumulatedSteps = steps }).StepTime!.Value.Value.TotalSeconds;
        var (one, two, four) = (Seconds(1), Seconds(2), Seconds(4));
        (one - two).Should().BeGreaterThan(0);
        ((one - two) / (two - four)).Should().BeApproximately(2, 0.01); // 1 - 1/2 and 1/2 - 1/4 of an update
    }

    /// <summary>300 tokens in sequences of 1,024: packed 3.41 samples a sequence, else one with 724 of padding.</summary>
    [Fact]
    public void Packed_samples_share_a_sequence_and_attend_within_themselves()
    {
        var padded = new TransformerTraining
        {
            Model = ModelTable.Find("Llama-3.2-1B", null, null)!,
            BatchSize = 4,
            SequenceLength = 1024,
            SampleLength = 300,
        };
        var (apart, packed) = (Forecast(padded), Forecast(padded with { Packs = true }));
        (padded with { Packs = true }).SamplesPerStep.Should().BeApproximately(4 * 1024 / 300.0, 1e-9);
        (padded.TokensPerStep, (padded with { Packs = true }).TokensPerStep).Should().Be((1200, 4096));
        (packed.TokensPerSecond!.Value.Value / apart.TokensPerSecond!.Value.Value).Should().BeGreaterThan(1024 / 300.0);
        packed.StepTime!.Value.Value.Should().BeLessThan(apart.StepTime!.Value.Value); // 300 x 300 pairs instead of 1024 x 1024
        (packed.TokensPerSecond.Value.Value / packed.SamplesPerSecond!.Value.Value).Should().BeApproximately(300, 1e-6);
        packed.Memory.Total.Should().Be(apart.Memory.Total);
        FluentActions.Invoking(() => Forecast(padded with { SampleLength = 0 })).Should().Throw<DeepGpuArgumentException>();
    }
}
