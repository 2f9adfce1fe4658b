namespace DeepGpu.Models.Tests;

/// <summary>Bytes of the cache, against each kind's formula written out with the numbers of the model's config.</summary>
public class CacheTests
{
    private const long Context = 10_000;
    private const int Sequences = 3;
    private const long Half = 2;

    /// <summary>Layers x (keys + values) x heads of keys x size of a head.</summary>
    [Theory]
    [InlineData("Llama-2-7B", 32 * 2 * 32 * 128)]
    [InlineData("Llama-2-13B", 40 * 2 * 40 * 128)]
    [InlineData("GPT-2", 12 * 2 * 12 * 64)]
    [InlineData("Pythia-12B", 36 * 2 * 40 * 128)]
    [InlineData("GPT-J-6B", 28 * 2 * 16 * 256)]
    [InlineData("BLOOM-7B", 30 * 2 * 32 * 128)]
    [InlineData("OPT-1.3B", 24 * 2 * 32 * 64)]
    [InlineData("Gemma-7B", 28 * 2 * 16 * 256)]
    [InlineData("Llama-3-8B", 32 * 2 * 8 * 128)]
    [InlineData("Llama-3-70B", 80 * 2 * 8 * 128)]
    [InlineData("Llama-3.2-1B", 16 * 2 * 8 * 64)]
    [InlineData("TinyLlama-1.1B", 22 * 2 * 4 * 64)]
    [InlineData("Qwen2-7B", 28 * 2 * 4 * 128)]
    [InlineData("Qwen3-32B", 64 * 2 * 8 * 128)]
    [InlineData("Qwen3-30B-A3B", 48 * 2 * 4 * 128)]
    [InlineData("Mixtral-8x7B", 32 * 2 * 8 * 128)]
    [InlineData("Phi-4", 40 * 2 * 10 * 128)]
    [InlineData("Falcon-40B", 60 * 2 * 8 * 64)]
    [InlineData("Falcon-7B", 32 * 2 * 1 * 64)]
    [InlineData("Gemma-2B", 18 * 2 * 1 * 256)]
    [InlineData("DeepSeek-V2-Lite", 27 * (512 + 64))]
    [InlineData("DeepSeek-V2", 60 * (512 + 64))]
    [InlineData("DeepSeek-V3", 61 * (512 + 64))]
    [InlineData("Kimi-K2", 61 * (512 + 64))]
    public void Full_grouped_multi_query_and_latent_attention_keep_every_token(string name, long elementsOfToken)
    {
        var shape = Configs.Shape(name);
        Assert.Equal(elementsOfToken * Context, shape.CacheElements(Context));
        Assert.Equal(elementsOfToken * Context * Sequences * Half, shape.CacheSize(Context, Sequences).Bytes);
        Assert.Equal(elementsOfToken * Context * Sequences, shape.CacheSize(Context, Sequences, bitsPerElement: 8).Bytes);
    }

    [Theory]
    [InlineData("Mistral-7B", 0, 32, 4096, 2 * 8 * 128)]
    [InlineData("Phi-3-mini", 0, 32, 2047, 2 * 32 * 96)]
    [InlineData("Gemma-2-2B", 13, 13, 4096, 2 * 4 * 256)]
    [InlineData("Gemma-2-9B", 21, 21, 4096, 2 * 8 * 256)]
    [InlineData("Gemma-3-1B", 4, 22, 512, 2 * 1 * 256)]
    [InlineData("Gemma-3-12B", 8, 40, 1024, 2 * 8 * 256)]
    [InlineData("Gemma-3-27B", 10, 52, 1024, 2 * 16 * 128)]
    [InlineData("gpt-oss-20b", 12, 12, 128, 2 * 8 * 64)]
    public void A_sliding_layer_keeps_its_window(string name, long full, long sliding, long window, long elements)
    {
        var shape = Configs.Shape(name);
        Assert.Equal(elements * (full * Context + sliding * window), shape.CacheElements(Context));
        Assert.Equal(elements * (full + sliding) * 100, shape.CacheElements(100));
        Assert.Equal(elements * (full + sliding) * Context, shape.CacheElements(Context, keepsWindowOnly: false));
    }

    [Fact]
    public void A_decoder_also_keeps_what_the_encoder_made()
        => Assert.Equal(12L * 2 * 12 * 64 * 700, Configs.Shape("T5-base").CrossCacheElements(700));

    [Fact]
    public void An_encoder_keeps_nothing() => Assert.Equal(0, Configs.Shape("BERT-base").CacheElements(512));
}
