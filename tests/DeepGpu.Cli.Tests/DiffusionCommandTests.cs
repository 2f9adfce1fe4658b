using DeepGpu.Cli.Output;

namespace DeepGpu.Cli.Tests;

/// <summary>Diffusion models, encoders and vision transformers on the command line: one line an answer.</summary>
public class DiffusionCommandTests
{
    private const string StableDiffusion = """
        { "_class_name": "UNet2DConditionModel", "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
          "cross_attention_dim": 768, "in_channels": 4, "layers_per_block": 2, "out_channels": 4 }
        """;

    private const string Vision = """
        { "model_type": "vit", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
          "image_size": 224, "patch_size": 16, "_name_or_path": "vit-base" }
        """;

    [Fact]
    public void An_image_is_answered_in_one_line()
    {
        var text = Text(StableDiffusion, "forecast", "--gpu", "RTX 3090", "--steps", "25", "--width", "768");
        Assert.DoesNotContain('\n', text);
        Assert.Contains("an image of 768 x 512 in 25 steps on GeForce RTX 3090: weights (1.7 of 24 GiB); ", text,
            StringComparison.Ordinal);
        Assert.EndsWith("s an image.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_printed_follows_the_published_schema()
    {
        await Run(StableDiffusion, "forecast", "--gpu", "RTX 4060", "--json").ShouldFollow("forecast-diffusion");
        await Run(StableDiffusion, "choose", "--json").ShouldFollow("forecast-diffusion");
    }

    [Fact]
    public void The_cheapest_cards_and_the_fastest_are_chosen_with_their_prices()
    {
        var lines = Text(StableDiffusion, "choose", "--batch", "4").Split('\n');
        Assert.InRange(lines.Length, 2, 4);
        Assert.All(lines, line => Assert.Matches(@"^\$[\d,.]+: .*4 images of 512 x 512 in 20 steps on .* s an image\.", line.Trim()));
    }

    [Fact]
    public void Encoders_and_vision_transformers_are_told_their_pass()
    {
        Assert.Contains("sequences/s", Text(TransformerCommandTests.Bert, "forecast", "--task", "inference", "--gpu", "RTX 3090",
            "--context", "384", "--batch", "8", "--engine", "pytorch"), StringComparison.Ordinal);
        Assert.Contains("images/s", Text(Vision, "forecast", "--task", "inference", "--gpu", "RTX 3090", "--batch", "64",
            "--precision", "fp16"), StringComparison.Ordinal);
        Assert.Contains("; a step ", Text(Vision, "forecast", "--gpu", "RTX 3090", "--batch", "64"), StringComparison.Ordinal);
    }

    [Fact]
    public void Packing_and_an_optimizer_of_few_bits_are_heard()
    {
        string[] asked = ["forecast", "--gpu", "H100 SXM5", "--batch", "4", "--length", "2048", "--sample-length", "500"];
        var (padded, packed) = (Text(TransformerCommandTests.Llama, asked[0], asked[1..]),
            Text(TransformerCommandTests.Llama, asked[0], [.. asked[1..], "--packed", "--optimizer-bytes", "2"]));
        Assert.NotEqual(padded, packed);
    }

    [Fact]
    public void A_kind_that_is_not_known_is_refused_by_name()
    {
        var run = Run("""{ "_class_name": "AutoencoderKL" }""", "forecast", "--gpu", "RTX 4060");
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("'AutoencoderKL'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("UNet2DConditionModel", run.Errors, StringComparison.Ordinal);
    }

    private static string Text(string config, string command, params string[] options)
        => TransformerCommandTests.Text(config, command, options);

    private static CliRun Run(string config, string command, params string[] options)
        => TransformerCommandTests.Run(config, command, options);
}
