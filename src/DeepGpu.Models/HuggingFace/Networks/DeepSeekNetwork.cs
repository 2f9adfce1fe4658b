namespace DeepGpu.Models.HuggingFace;

/// <summary>DeepSeek V2 and V3: latent attention, experts in groups, experts that every step goes through.</summary>
internal sealed class DeepSeekNetwork(ConfigReader config, TransformerShape shape) : DecoderNetwork(config, shape)
{
    private bool IsSecond => Shape.ModelType == "deepseek_v2";

    private bool HasBias => Config.Flag("attention_bias");

    protected override SymbolicTensor Attention(SymbolicTensor x, int layer)
    {
        var (path, latent, rotary) = ($"{Path(layer)}.self_attn", Shape.LatentAttention!, RotaryOptions.Of(Config));
        var compressed = Dense(x, $"{path}.kv_a_proj_with_mqa", latent.KeyValueRank + latent.RotarySize, HasBias);
        var attended = Queries(x, path, latent).Apply(
            new LatentAttention(Shape.Heads, latent.KeyValueRank, latent.PlainSize, latent.RotarySize, latent.ValueSize)
            {
                Name = path,
                MaxWavelength = rotary.MaxWavelength,
                RotaryScaling = rotary.Scaling,
                Scale = rotary.ScoreMagnitude == 1 ? null : rotary.ScoreMagnitude * rotary.ScoreMagnitude / Math.Sqrt(latent.QuerySize),
                KernelInitializer = Start,
            }, compressed);
        return Dense(attended, $"{path}.o_proj", Shape.HiddenSize, HasBias);
    }

    /// <summary>Queries, where the file says so by way of a short vector.</summary>
    private SymbolicTensor Queries(SymbolicTensor x, string path, LatentAttentionShape latent)
    {
        var width = Shape.Heads * latent.QuerySize;
        if (latent.QueryRank == 0) return Dense(x, $"{path}.q_proj", width);
        var shortened = Dense(x, $"{path}.q_a_proj", latent.QueryRank, HasBias);
        var normalized = shortened.Apply(new RMSNormalization { Name = $"{path}.q_a_layernorm" });
        return Dense(normalized, $"{path}.q_b_proj", width);
    }

    protected override SymbolicTensor FeedForward(SymbolicTensor x, int layer)
    {
        if (Shape.Experts is not { } experts || !IsRouted(layer)) return base.FeedForward(x, layer);
        var path = $"{Path(layer)}.mlp";
        var routed = x.Apply(Experts(path, experts));
        return experts.SharedFeedForwardSize == 0 ? routed
            : routed.Add(Gated(x, $"{path}.shared_experts", experts.SharedFeedForwardSize));
    }

    private bool IsRouted(int layer)
        => layer >= Config.Count("first_k_dense_replace", 0) && layer % (Config.Optional("moe_layer_freq") ?? 1) == 0;

    private MixtureOfExperts Experts(string path, ExpertShape experts)
    {
        var ((groups, sought), factor) = (Groups(), Config.Real("routed_scaling_factor") ?? 1);
        var normalizes = Config.Flag("norm_topk_prob", !IsSecond) && (experts.Active > 1 || !IsSecond);
        return ExpertLayer.Of(Shape, path, HuggingFaceActivations.Of(ActivationName, Config), Start) with
        {
            Score = (Config.Text("scoring_func") ?? (IsSecond ? "softmax" : "sigmoid")) == "sigmoid"
                ? ExpertScore.Sigmoid : ExpertScore.Softmax,
            NumGroups = groups,
            TopKGroups = sought,
            UseCorrectionBias = experts.HasRouterBias,
            NormalizeTopK = normalizes,
            RoutedScalingFactor = IsSecond && normalizes ? 1 : factor,
        };
    }

    /// <summary>Into how many groups the experts are divided, and in how many of them they are sought, as the published configuration
    /// classes have it: DeepSeek V2 groups where topk_method says so, V3 always. Where the file does not say how many, as the published
    /// models.</summary>
    private (int Groups, int Sought) Groups() => (IsSecond, Config.Text("topk_method")) switch
    {
        (true, null or "greedy") => (1, 1),
        (true, "group_limited_greedy") => (Config.Optional("n_group") ?? 8, Config.Optional("topk_group") ?? 3),
        (false, null or "noaux_tc") => (Config.Optional("n_group") ?? 8, Config.Optional("topk_group") ?? 4),
        _ => throw Config.NotDescribed("topk_method", IsSecond ? "'greedy' or 'group_limited_greedy'" : "'noaux_tc'"),
    };
}
