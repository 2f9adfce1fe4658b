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
}
