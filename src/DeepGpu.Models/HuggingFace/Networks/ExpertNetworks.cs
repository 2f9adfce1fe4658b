namespace DeepGpu.Models.HuggingFace;

/// <summary>Mixtral: a mixture of experts in each layer.</summary>
internal sealed class MixtralNetwork(ConfigReader config, TransformerShape shape) : LlamaNetwork(config, shape)
{
    protected override SymbolicTensor FeedForward(SymbolicTensor x, int layer)
        => x.Apply(Experts($"{Path(layer)}.block_sparse_moe", normalizes: true));

    /// <summary>A mixture as the numbers say, with Llama's gate.</summary>
    private MixtureOfExperts Experts(string path, bool normalizes)
        => ExpertLayer.Of(Shape, path, HuggingFaceActivations.Of(ActivationName, Config), Start) with { NormalizeTopK = normalizes };
}

/// <summary>The mixtures of Qwen 2 and 3: some layers may be dense; Qwen 2 has an expert that every step goes through, with a gate of its
/// own.</summary>
internal sealed class QwenExpertNetwork(ConfigReader config, TransformerShape shape) : LlamaNetwork(config, shape)
{
    protected override SymbolicTensor FeedForward(SymbolicTensor x, int layer)
    {
        if (IsDense(layer)) return base.FeedForward(x, layer);
        var (path, experts) = ($"{Path(layer)}.mlp", Shape.Experts!);
        var routed = x.Apply(ExpertLayer.Of(Shape, path, HuggingFaceActivations.Of(ActivationName, Config), Start) with
        {
            NormalizeTopK = Config.Flag("norm_topk_prob"),
        });
        if (experts.SharedFeedForwardSize == 0) return routed;
        var gate = x.Dense(1, Activation.Sigmoid, useBias: false, kernelInitializer: Start, name: $"{path}.shared_expert_gate");
        return routed.Add(Gated(x, $"{path}.shared_expert", experts.SharedFeedForwardSize).Multiply(gate));
    }

    private bool IsDense(int layer) => Config.Wholes("mlp_only_layers")?.Contains(layer) == true
        || (layer + 1) % (Config.Optional("decoder_sparse_step") ?? 1) != 0;
}

/// <summary>gpt-oss: sinks, windows in every other layer, experts with biases and a gate of their own.</summary>
internal sealed class GptOssNetwork(ConfigReader config, TransformerShape shape) : LlamaNetwork(config, shape)
{
    protected override bool SlidesByDefault(int layer) => layer % 2 == 0;

    protected override RotaryOptions Rotary(int layer) => RotaryOptions.Of(Config, wavelength: 150_000);

    protected override SymbolicTensor FeedForward(SymbolicTensor x, int layer)
        => x.Apply(ExpertLayer.Of(Shape, $"{Path(layer)}.mlp", Activation.Silu, Start) with
        {
            UseRouterBias = true,
            UseBias = true,
            GateLimit = Config.Real("swiglu_limit") ?? 7,
        });
}

/// <summary>What the mixtures of all families have in common.</summary>
internal static class ExpertLayer
{
    public static MixtureOfExperts Of(TransformerShape shape, string path, Activation activation, Initializer start)
        => new(shape.Experts!.Count, shape.Experts.Active, shape.Experts.FeedForwardSize)
        {
            Name = path,
            Activation = activation,
            KernelInitializer = start,
        };
}
