using DeepGpu.Cli.Output;
namespace DeepGpu.Cli.Tests;

/// <summary>Transformers by their names on the command line.</summary>
public class TransformerNameTests
{
    [Theory]
    [InlineData("bert-base", "training bert-base-uncased, batch 8, length 512, on ")]
    [InlineData("vit-base", "training vit-base-patch16-224, batch 8, length 197, on ")]
    [InlineData("GPT-2", "training gpt2, batch 8, length 512, on ")]
    public void A_step_of_training_is_forecast_at_no_more_tokens_than_the_model_has(string name, string start)
    {
        var run = CliRun.Of("forecast", name, "--task", "training", "--batch", "8", "--gpu", "RTX 4060");
        run.Code.Should().Be(0, run.Errors);
        run.Output.Should().StartWith(start);
    }

    [Theory]
    [InlineData("bert-base", 109_482_240)]
    [InlineData("distilbert", 66_362_880)]
    [InlineData("roberta", 124_645_632)]
    [InlineData("whisper-tiny", 37_184_640)]
    public void The_summary_counts_the_published_weights(string name, long parameters)
    {
        var run = CliRun.Of("summary", name, "--time-steps", "16", "--json");
        run.Json.GetProperty("parameters").GetInt64().Should().Be(parameters);
        run.Json.GetProperty("flopsPerSample").GetInt64().Should().BePositive();
    }

    [Theory]
    [InlineData("bert-base")]
    [InlineData("gpt2")]
    [InlineData("deit-base")]
    public void Cards_are_chosen_for_a_transformer_by_its_name(string name)
    {
        var run = CliRun.Of("choose", name, "--task", "inference");
        run.Code.Should().Be(0, run.Errors);
        run.Output.Should().Contain(name);
    }

    [Fact]
    public void A_folder_with_a_config_is_summed_up_layer_by_layer()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), """
            { "model_type": "gpt2", "n_embd": 12, "n_layer": 2, "n_head": 3, "vocab_size": 23, "n_positions": 9 }
            """);
        foreach (var model in new[] { folder, Path.Combine(folder, "config.json") })
        {
            var run = CliRun.Of("summary", model, "--time-steps", "5");
            run.Output.Should().Contain("h.1.attn.c_attn (Dense)").And.Contain("Forward pass: ");
        }
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("choose")]
    [InlineData("forecast", "--gpu", "RTX 4060")]
    public void A_folder_without_a_config_is_refused(string command, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("deepgpu-empty-").FullName;
        var run = CliRun.Of([command, folder, .. options]);
        run.Code.Should().Be(ExitCode.Refused);
        run.Errors.Should().Contain("config.json").And.Contain(folder).And.Contain("Pass the folder");
    }
}
