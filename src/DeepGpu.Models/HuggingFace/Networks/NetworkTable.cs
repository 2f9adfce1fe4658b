namespace DeepGpu.Models.HuggingFace;

/// <summary>Which families are described layer by layer, and by whom.</summary>
internal static class NetworkTable
{
    public static IReadOnlyDictionary<string, Func<ConfigReader, TransformerShape, ModelSpec>> Builders { get; } =
        new Dictionary<string, Func<ConfigReader, TransformerShape, ModelSpec>>(GraphTable.Models, StringComparer.Ordinal)
        {
            ["llama"] = (c, shape) => new LlamaNetwork(c, shape).Build(),
            ["mistral"] = (c, shape) => new LlamaNetwork(c, shape).Build(),
            ["ministral"] = (c, shape) => new LlamaNetwork(c, shape).Build(),
            ["qwen2"] = (c, shape) => new LlamaNetwork(c, shape).Build(),
            ["qwen3"] = (c, shape) => new LlamaNetwork(c, shape).Build(),
            ["mixtral"] = (c, shape) => new MixtralNetwork(c, shape).Build(),
            ["qwen2_moe"] = (c, shape) => new QwenExpertNetwork(c, shape).Build(),
            ["qwen3_moe"] = (c, shape) => new QwenExpertNetwork(c, shape).Build(),
            ["gemma"] = (c, shape) => new GemmaNetwork(c, shape).Build(),
            ["gemma2"] = (c, shape) => new GemmaNetwork(c, shape).Build(),
            ["gemma3_text"] = (c, shape) => new GemmaNetwork(c, shape).Build(),
            ["gemma3"] = (c, shape) => new GemmaNetwork(c.Part("text_config"), shape).Build(),
            ["mistral3"] = (c, shape) => new LlamaNetwork(c.Part("text_config"), shape).Build(),
            ["llava"] = (c, shape) => new LlamaNetwork(c.Part("text_config"), shape).Build(),
            ["phi3"] = (c, shape) => new PhiNetwork(c, shape).Build(),
            ["gpt_oss"] = (c, shape) => new GptOssNetwork(c, shape).Build(),
            ["deepseek_v2"] = (c, shape) => new DeepSeekNetwork(c, shape).Build(),
            ["deepseek_v3"] = (c, shape) => new DeepSeekNetwork(c, shape).Build(),
            ["kimi_k2"] = (c, shape) => new DeepSeekNetwork(c, shape).Build(),
        };

    /// <summary>Encoders of texts that were trained to tell the words left out.</summary>
    private static readonly string[] Masked = ["bert", "camembert", "distilbert", "electra", "roberta", "xlm-roberta"];

    /// <summary>Why families are known in numbers only.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["qwen2_vl"] = "its part that sees has no layers here, and its positions have three numbers",
        ["qwen2_5_vl"] = "its part that sees has no layers here, and its positions have three numbers",
        ["qwen3_vl"] = "its part that sees has no layers here, and its positions have three numbers",
        ["qwen3_vl_moe"] = "its part that sees has no layers here, and its positions have three numbers",
        ["llama4"] = "its attention in chunks has no layer here",
        ["llama4_text"] = "its attention in chunks has no layer here",
        ["mpt"] = "its attention with slopes has no layer here",
        ["bloom"] = "its attention with slopes has no layer here",
    };

    /// <summary>The layers of a family.</summary>
    /// <exception cref="ModelFormatException">The family is known in numbers only.</exception>
    public static ModelSpec Build(ConfigReader config, TransformerShape shape)
        => Builders.TryGetValue(shape.ModelType, out var build) ? build(config, shape) : throw NoLayers(shape.ModelType);

    /// <summary>The layers of an encoder of texts that tells the word at each step.</summary>
    /// <exception cref="ModelFormatException">The family has no such head.</exception>
    public static ModelSpec BuildForPretraining(ConfigReader config, TransformerShape shape)
        => Masked.Contains(shape.ModelType) ? Build(config.ForWords(), shape) : throw NoWords(shape.ModelType);

    private static ModelFormatException NoWords(string family) => new(new(
        "no_pretraining_head",
        $"The head that only pretraining uses is described for {string.Join(", ", Masked)},",
        $"but the file is of '{family}'.",
        "Leave includePretrainingHead out."), entry: "model_type");

    private static ModelFormatException NoLayers(string family)
    {
        var nearest = Builders.Keys.OrderBy(known => Spelling.Distance(family, known))
            .ThenBy(known => known, StringComparer.Ordinal).First();
        var reason = Reasons.GetValueOrDefault(family, "its layers are not described one by one");
        return new(new(
            "family_without_layers",
            $"A config.json becomes layers where its family is one of the {Builders.Count} that are described layer by layer,",
            $"but of '{family}' only the numbers are known: {reason}. Nearest: '{nearest}'.",
            "Read its numbers with HuggingFaceConfig.Read; where it computes as a family with layers, set model_type to that one."),
            entry: "model_type");
    }
}
