using DeepGpu.Cli.Output;

namespace DeepGpu.Cli.Tests;

/// <summary>Language models on the command line: one line an answer.</summary>
public class TransformerCommandTests
{
    internal const string Llama = """
        { "model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
          "intermediate_size": 14336, "vocab_size": 128256, "max_position_embeddings": 131072, "_name_or_path": "Llama-3.1-8B" }
        """;

    internal const string Bert = """
        { "model_type": "bert", "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096,
          "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2, "_name_or_path": "bert-large-uncased" }
        """;

    [Fact]
    public void Llama_in_four_bits_at_32k_on_12_gigabytes_is_answered_in_one_line()
    {
        var text = Text(Llama, "forecast", "--task", "inference", "--context", "32768", "--precision", "q4_k_m", "--engine", "llama.cpp",
            "--gpu", "RTX 3060 12GB");
        Assert.DoesNotContain('\n', text);
        Assert.StartsWith("Llama-3.1-8B in Q4_K_M at 32768 tokens on GeForce RTX 3060 12GB: fits (", text, StringComparison.Ordinal);
        Assert.Contains("tokens/s", text, StringComparison.Ordinal);
        Assert.Contains("of 12 GiB", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapters_on_bert_large_on_8_gigabytes_are_answered_in_one_line()
    {
        var text = Text(Bert, "forecast", "--task", "training", "--batch", "16", "--length", "512", "--lora", "8", "--gpu", "RTX 4060");
        Assert.DoesNotContain('\n', text);
        Assert.StartsWith("LoRA on bert-large-uncased, batch 16, length 512, on GeForce RTX 4060: ", text, StringComparison.Ordinal);
        Assert.Contains("batches up to", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forecast", "--gpu", "RTX 4060", "--task", "inference")]
    [InlineData("forecast", "--gpu", "RTX 4060", "--batch", "4")]
    public async Task What_is_printed_follows_the_published_schema(string command, params string[] options)
        => await Run(Llama, command, [.. options, "--json"]).ShouldFollow("forecast-transformer");

    [Fact]
    public void An_unknown_family_and_a_format_of_weights_for_another_model_are_refused()
    {
        Assert.Contains("'llama'", Run("""{ "model_type": "lama" }""", "forecast", "--gpu", "RTX 4060").Errors, StringComparison.Ordinal);
        var run = CliRun.Of("forecast", "VGG16", "--gpu", "RTX 4060", "--precision", "q4_k_m");
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("config.json", run.Errors, StringComparison.Ordinal);
    }

    internal static string Text(string config, string command, params string[] options)
    {
        var run = Run(config, command, options);
        Assert.Equal((0, ""), (run.Code, run.Errors));
        return run.Output.TrimEnd();
    }

    internal static CliRun Run(string config, string command, params string[] options)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "config.json");
        File.WriteAllText(file, config);
        return CliRun.Of([command, file, .. options]);
    }
}
