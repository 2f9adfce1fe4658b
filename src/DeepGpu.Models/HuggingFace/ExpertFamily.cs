namespace DeepGpu.Models.HuggingFace;

/// <summary>Decoders whose feed-forward layers are mixtures of experts.</summary>
internal static class ExpertFamily
{
    public static TransformerShape Mixtral(ConfigReader c) => Windows.Everywhere(LlamaFamily.Llama(c) with
    {
        Experts = new(c.Optional("num_local_experts") ?? 8, c.Optional("num_experts_per_tok") ?? 2, c.Number("intermediate_size")),
    }, c);

    public static TransformerShape Qwen2(ConfigReader c)
    {
        var shape = LlamaFamily.Qwen2(c);
        return shape with
        {
            Experts = Experts(c, shape.Layers) with
            {
                SharedFeedForwardSize = c.Number("shared_expert_intermediate_size"),
                HasSharedGate = true,
            },
        };
    }

    public static TransformerShape Qwen3(ConfigReader c)
    {
        var shape = LlamaFamily.Qwen3(c);
        return shape with { Experts = Experts(c, shape.Layers) };
    }

    public static TransformerShape Olmo(ConfigReader c)
    {
        var shape = LlamaFamily.Llama(c);
        return shape with
        {
            QueryKeyNorm = QueryKeyNorm.OfAllHeads,
            Experts = new(c.Number("num_experts"), c.Number("num_experts_per_tok"), shape.FeedForwardSize),
        };
    }

    public static TransformerShape GptOss(ConfigReader c)
    {
        var shape = LlamaFamily.Llama(c);
        return Windows.AllButEach(shape with
        {
            AttentionBias = c.Flag("attention_bias", true) ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = true,
            HasAttentionSinks = true,
            HeadSize = c.Optional("head_dim") ?? 64,
            Experts = new(c.Number("num_local_experts"), c.Number("num_experts_per_tok", "experts_per_token"), shape.FeedForwardSize)
            {
                HasRouterBias = true,
            },
        }, c, window: 128, each: 2);
    }

    public static TransformerShape DeepSeek(ConfigReader c)
    {
        var shape = LlamaFamily.Llama(c);
        var latent = new LatentAttentionShape(c.Optional("q_lora_rank") ?? 0, c.Number("kv_lora_rank"), c.Number("qk_nope_head_dim"),
            c.Number("qk_rope_head_dim"), c.Number("v_head_dim"));
        return shape with
        {
            KeyValueHeads = shape.Heads,
            HeadSize = latent.QuerySize,
            LatentAttention = latent,
            Experts = c.Optional("n_routed_experts") is { } count ? Routed(c, shape.Layers, count) : null,
        };
    }

    public static TransformerShape Llama4(ConfigReader c)
    {
        var shape = LlamaFamily.Llama(c);
        var (size, each) = (shape.FeedForwardSize, c.Optional("interleave_moe_layer_step") ?? 1);
        return shape with
        {
            FeedForwardSize = c.Optional("intermediate_size_mlp") ?? size,
            SlidingWindow = c.Optional("attention_chunk_size"),
            SlidingLayers = c.Has("attention_chunk_size") ? shape.Layers - shape.Layers / 4 : 0,
            Experts = new(c.Number("num_local_experts"), c.Number("num_experts_per_tok"), size)
            {
                SharedFeedForwardSize = size,
                DenseLayers = shape.Layers - shape.Layers / each,
            },
        };
    }

    public static TransformerShape MiniMax(ConfigReader c) => LlamaFamily.Llama(c) with
    {
        QueryKeyNorm = c.Flag("use_qk_norm") ? QueryKeyNorm.OfAllHeads : QueryKeyNorm.None,
        Experts = new(c.Number("num_local_experts"), c.Number("num_experts_per_tok"), c.Number("intermediate_size"))
        {
            HasRouterBias = c.Flag("use_routing_bias"),
        },
    };

    private static ExpertShape Experts(ConfigReader c, int layers) => new(c.Number("num_experts", "num_local_experts"),
        c.Number("num_experts_per_tok"), c.Number("moe_intermediate_size"))
    {
        DenseLayers = Math.Min(layers,
            (c.Members("mlp_only_layers") ?? 0) + layers - layers / (c.Optional("decoder_sparse_step") ?? 1)),
    };

    private static ExpertShape Routed(ConfigReader c, int layers, int count)
    {
        var size = c.Number("moe_intermediate_size");
        var dense = Math.Min(layers, c.Count("first_k_dense_replace", 0));
        var each = c.Optional("moe_layer_freq") ?? 1;
        return new(count, c.Number("num_experts_per_tok"), size)
        {
            SharedFeedForwardSize = checked(size * c.Count("n_shared_experts", 0)),
            DenseLayers = layers - Enumerable.Range(0, layers).Count(layer => layer >= dense && layer % each == 0),
            HasRouterBias = c.Text("topk_method") == "noaux_tc" || (c.Family != "deepseek_v2" && !c.Has("topk_method")),
        };
    }
}
