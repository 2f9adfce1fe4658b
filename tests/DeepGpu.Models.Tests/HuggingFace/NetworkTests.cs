using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models.Tests;

/// <summary>Families of Hugging Face as layers.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-config-").FullName;

    public static TheoryData<string> Described
        => [.. Configs.Names.Where(name => ModelSpec.HuggingFaceModelTypes.Contains(Configs.Shape(name).ModelType))];

    [Theory]
    [MemberData(nameof(Described))]
    public void The_layers_hold_exactly_as_many_weights_as_the_numbers_say(string name)
        => Spec(Configs.Text(name)).ParameterCount.Should().Be(Configs.Shape(name).ParameterCount);

    [Fact]
    public void The_decoders_of_measured_models_are_described()
        => Described.Select(row => Configs.Shape(row.Data).ModelType).Distinct().Should().Contain(["llama", "mistral", "mixtral", "qwen2",
            "qwen2_moe", "qwen3", "qwen3_moe", "gemma", "gemma2", "phi3", "gpt_oss", "deepseek_v2", "deepseek_v3"]);

    [Fact]
    public void Every_family_is_described_or_refused_with_a_reason()
    {
        foreach (var family in HuggingFaceConfig.ModelTypes.Except(ModelSpec.HuggingFaceModelTypes))
        {
            var fault = Assert.Throws<ModelFormatException>(() => NetworkTable.Build(null!, Shape(family))).Fault;
            fault.Code.Should().Be("family_without_layers");
            fault.Received.Should().StartWith($"but of '{family}' only the numbers are known: ").And.Contain("Nearest: '");
        }
    }

    [Fact]
    public void An_unknown_family_is_refused_with_the_nearest()
        => Assert.Throws<ModelFormatException>(() => Spec("""{"model_type": "lama"}""")).Message.Should().Contain("'llama'");

    [Theory]
    [InlineData("\"rope_scaling\": {\"rope_type\": \"spiral\"}",
        "but is 'spiral'. Known are default, linear, dynamic, llama3, yarn and longrope.*")]
    [InlineData("\"hidden_act\": \"swirl\"", "but is 'swirl'. Known are silu*")]
    [InlineData("\"sliding_window\": 4, \"layer_types\": [\"full_attention\"]", "*2 times 'full_attention' or 'sliding_attention'*")]
    public void What_layers_cannot_do_is_refused(string option, string text)
    {
        var config = $$"""
            {"model_type": "mistral", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 2, "intermediate_size": 9,
            "vocab_size": 5, {{option}}}
            """;
        Assert.Throws<ModelFormatException>(() => Spec(config)).Message.Should().Match("*" + text);
    }

    /// <summary>As the configuration classes of the two models have it: "greedy" is the second's default, 8 groups of which 4 are the
    /// third's.</summary>
    [Theory]
    [InlineData("deepseek_v2", "\"n_group\": 4, \"topk_group\": 2", 1, 1)]
    [InlineData("deepseek_v2", "\"topk_method\": \"greedy\", \"n_group\": 4, \"topk_group\": 2", 1, 1)]
    [InlineData("deepseek_v2", "\"topk_method\": \"group_limited_greedy\", \"n_group\": 4, \"topk_group\": 3", 4, 3)]
    [InlineData("deepseek_v2", "\"topk_method\": \"group_limited_greedy\"", 8, 3)]
    [InlineData("deepseek_v3", "\"n_group\": 2, \"topk_group\": 1", 2, 1)]
    [InlineData("deepseek_v3", "\"topk_method\": \"noaux_tc\"", 8, 4)]
    [InlineData("kimi_k2", "\"topk_method\": \"noaux_tc\", \"n_group\": 1, \"topk_group\": 1", 1, 1)]
    public void Experts_are_sought_in_the_groups_that_the_file_says(string family, string options, int groups, int sought)
        => Latent(family, options).Layers.Select(node => node.Layer).OfType<MixtureOfExperts>().Should().AllSatisfy(mixture
            => (mixture.NumGroups, mixture.TopKGroups).Should().Be((groups, sought))).And.HaveCount(1);

    [Theory]
    [InlineData("deepseek_v2", "\"topk_method\": \"noaux_tc\"", "'greedy' or 'group_limited_greedy', but is \"noaux_tc\".")]
    [InlineData("deepseek_v3", "\"topk_method\": \"greedy\"", "'noaux_tc', but is \"greedy\".")]
    public void Other_ways_to_choose_experts_are_refused(string family, string options, string text)
        => Assert.Throws<ModelFormatException>(() => Latent(family, options)).Message.Should().Contain(text);

    /// <summary>DeepSeek V2 divides the weights of chosen experts by their sum, or multiplies them: not both, and one alone is
    /// multiplied.</summary>
    [Theory]
    [InlineData("deepseek_v2", 3, true, true, 1)]
    [InlineData("deepseek_v2", 1, true, false, 2.5)]
    [InlineData("deepseek_v2", 3, false, false, 2.5)]
    [InlineData("deepseek_v3", 3, true, true, 2.5)]
    [InlineData("deepseek_v3", 1, true, true, 2.5)]
    public void Weights_of_experts_are_divided_or_multiplied(string family, int active, bool divides, bool isDivided, double factor)
    {
        var options = $"\"norm_topk_prob\": {(divides ? "true" : "false")}, \"n_group\": 1, \"topk_group\": 1, "
            + $"\"num_experts_per_tok\": {active}";
        Latent(family, options).Layers.Select(node => node.Layer).OfType<MixtureOfExperts>().Single().Should()
            .BeEquivalentTo(new { NormalizeTopK = isDivided, RoutedScalingFactor = factor, TopK = active });
    }

    [Fact]
    public void Newer_files_list_positions_by_the_type_of_layer()
    {
        var spec = Spec("""
            {"model_type": "gemma3_text", "hidden_size": 8, "num_attention_heads": 2, "num_key_value_heads": 1, "num_hidden_layers": 2,
            "intermediate_size": 9, "vocab_size": 5, "head_dim": 4, "sliding_window": 3,
            "layer_types": ["full_attention", "sliding_attention"],
            "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0},
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}
            """);
        var attentions = spec.Layers.Select(node => node.Layer).OfType<RotaryAttention>().ToList();
        attentions[0].Should().BeEquivalentTo(
            new { MaxWavelength = 1e6, SlidingWindow = (int?)null, RotaryScaling = new { Factor = 8.0 } });
        attentions[1].Should().BeEquivalentTo(new { MaxWavelength = 1e4, SlidingWindow = (int?)3, RotaryScaling = (RotaryScaling?)null });
    }

    [Fact]
    public void Work_of_a_description_is_that_of_the_numbers()
    {
        const int Steps = 64;
        var (spec, shape) = (Spec(Configs.Text("Llama-3.2-1B")), Configs.Shape("Llama-3.2-1B"));
        var flops = spec.Inference(1, timeSteps: Steps).Operations.Sum(operation => operation.ForwardFlops);
        var expected = Steps * (shape.LayerFlopsPerToken + shape.OutputFlopsPerToken)
            + shape.Layers * shape.AttentionFlopsPerPair * Steps * Steps;
        flops.Should().BeApproximately(expected, 0.001 * expected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TransformerShape Shape(string family) => new()
    {
        Name = family,
        ModelType = family,
        Layers = 1,
        HiddenSize = 1,
        Heads = 1,
        KeyValueHeads = 1,
        HeadSize = 1,
        FeedForwardSize = 1,
        VocabularySize = 1,
    };

    private ModelSpec Latent(string family, string options) => Spec($$"""
        {"model_type": "{{family}}", "hidden_size": 8, "num_attention_heads": 2, "num_key_value_heads": 2, "num_hidden_layers": 2,
        "intermediate_size": 9, "vocab_size": 5, "kv_lora_rank": 4, "q_lora_rank": null, "qk_nope_head_dim": 2, "qk_rope_head_dim": 2,
        "v_head_dim": 3, "n_routed_experts": 8, "n_shared_experts": 1, "moe_intermediate_size": 3, "first_k_dense_replace": 1,
        "routed_scaling_factor": 2.5, {{(options.Contains("per_tok", StringComparison.Ordinal) ? "" : "\"num_experts_per_tok\": 2,")}}
        {{options}} }
        """);

    private ModelSpec Spec(string config)
    {
        var path = Path.Combine(_folder, "config.json");
        File.WriteAllText(path, config);
        return ModelSpec.FromHuggingFace(path);
    }
}
