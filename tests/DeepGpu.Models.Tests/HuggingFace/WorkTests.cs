namespace DeepGpu.Models.Tests;

/// <summary>Work and stored weights, against sums written out.</summary>
public class WorkTests
{
    [Fact]
    public void Attention_of_a_prompt_counts_each_pair_once()
    {
        var shape = Configs.Shape("Gemma-3-1B") with { SlidingWindow = 5 };
        const int tokens = 13;
        double pairs = 0;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            for (var query = 0; query < tokens; query++)
            {
                for (var key = 0; key <= query; key++) pairs += layer < shape.SlidingLayers && query - key >= 5 ? 0 : 1;
            }
        }

        Assert.Equal(pairs * 4 * 4 * 256, shape.AttentionFlops(tokens));
    }

    [Fact]
    public void A_token_costs_two_operations_a_weight_that_it_uses()
    {
        var shape = Configs.Shape("Mixtral-8x7B");
        double attention = (4096.0 * 4096 * 2) + (4096.0 * 1024 * 2), router = 4096 * 8, experts = 2 * 3 * 4096.0 * 14336;
        Assert.Equal(2 * 32 * (attention + router + experts), shape.LayerFlopsPerToken);
        Assert.Equal(2 * 4096.0 * 32000, shape.OutputFlopsPerToken);
    }

    [Fact]
    public void More_sequences_touch_more_experts_and_at_most_all()
    {
        var shape = Configs.Shape("Qwen3-30B-A3B");
        Assert.Equal(8, shape.Experts!.TouchedShare(1) * 128, 9);
        Assert.Equal(1 - Math.Pow(1 - 8 / 128.0, 10), shape.Experts.TouchedShare(10), 12);
        Assert.True(shape.DecodeParameters(1) < shape.DecodeParameters(2));
        Assert.True(shape.DecodeParameters(1e6) <= shape.ParameterCount);
    }

    [Fact]
    public void Training_is_three_forward_passes_and_checkpointing_a_fourth()
    {
        var shape = Configs.Shape("Llama-2-7B");
        var forward = 2 * (512 * (shape.LayerFlopsPerToken + shape.OutputFlopsPerToken) + shape.AttentionFlops(512));
        Assert.Equal(3 * forward, shape.TrainingFlops(512, 2), forward * 1e-9);
        Assert.Equal(4 * forward, shape.TrainingFlops(512, 2, recomputes: true), forward * 1e-9);
        Assert.True(shape.TrainingFlops(512, 2, trainsWeights: false) < 3 * forward);
    }

    /// <summary>File sizes as llama.cpp writes them: 3,825,065,984 and 4,912,898,304 bytes hold a few KB of names besides.</summary>
    [Theory]
    [InlineData("Llama-2-7B", "Q4_0", 3_825_065_984)]
    [InlineData("Llama-2-7B", "Q4_K_M", 4_080_263_168)]
    [InlineData("Llama-3-8B", "Q4_K_M", 4_912_898_304)]
    public void A_mix_of_gguf_is_as_large_as_its_file(string name, string format, long file)
        => Assert.Equal(1, WeightFormat.Find(format).Size(Configs.Shape(name)).Bytes / (double)file, 0.004);

    [Fact]
    public void Quantised_layers_keep_tables_in_half_precision()
    {
        var shape = Configs.Shape("Llama-2-7B");
        var products = 32L * (4 * 4096 * 4096 + 3 * 4096 * 11008);
        var rest = shape.ParameterCount - products;
        Assert.Equal(products * (4 + 20 / 128.0) / 8 + rest * 2, WeightFormat.Find("awq").Size(shape).Bytes, 1.0);
        Assert.Equal(shape.ParameterCount * 2, WeightFormat.BFloat16.Size(shape).Bytes);
        Assert.Equal(shape.ParameterCount * 4, WeightFormat.Float32.Size(shape).Bytes);
    }

    [Fact]
    public void An_unknown_format_is_refused_with_the_nearest()
    {
        var fault = Assert.Throws<DeepGpuArgumentException>(() => WeightFormat.Find("q4_k_x")).Fault;
        Assert.Equal("unknown_weight_format", fault.Code);
        Assert.Contains("'Q4_K_M'", fault.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q4_k_m", "Q4_K_M")]
    [InlineData("NF4 double", "NF4-double")]
    [InlineData("float16", "FP16")]
    [InlineData("q4_k_x", null)]
    [InlineData("", null)]
    public void A_format_is_found_by_its_name_or_not_at_all(string name, string? found)
    {
        Assert.Equal(found is not null, WeightFormat.TryFind(name, out var format));
        Assert.Equal(found, format?.Name);
    }
}
