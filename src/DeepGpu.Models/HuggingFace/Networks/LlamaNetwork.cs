namespace DeepGpu.Models.HuggingFace;

/// <summary>Llama, Mistral, Qwen 2 and 3, and what other families share with them.</summary>
internal class LlamaNetwork(ConfigReader config, TransformerShape shape) : DecoderNetwork(config, shape)
{
    /// <summary>What the scores are multiplied with; null for the usual.</summary>
    protected virtual double? ScoreScale => null;

    /// <summary>The cap of the scores; null for none.</summary>
    protected virtual double? ScoreSoftCap => null;

    /// <summary>The positions of a layer.</summary>
    protected virtual RotaryOptions Rotary(int layer) => RotaryOptions.Of(Config, LayerType(layer));

    /// <summary>Whether a layer sees its window only.</summary>
    protected bool IsSliding(int layer) => Shape.SlidingWindow is not null && LayerType(layer) == Sliding;

    /// <summary>Which layers slide where the file lists no types: as many as the numbers say, the last ones.</summary>
    protected virtual bool SlidesByDefault(int layer) => layer >= Shape.Layers - Shape.SlidingLayers;

    protected override SymbolicTensor Attention(SymbolicTensor x, int layer)
    {
        var path = $"{Path(layer)}.self_attn";
        return Output(Attend(Projected(x, path), path, layer), path);
    }

    /// <summary>Queries, values and keys; or all of them in one.</summary>
    protected virtual SymbolicTensor[] Projected(SymbolicTensor x, string path)
    {
        var (query, key) = (Project(x, path, "q", Shape.Heads, AttentionBias.Query),
            Project(x, path, "k", Shape.KeyValueHeads, AttentionBias.Key));
        var value = Project(x, path, "v", Shape.KeyValueHeads, AttentionBias.Value);
        return Shape.QueryKeyNorm == QueryKeyNorm.None ? [query, value, key]
            : [HeadNorm(query, $"{path}.q_norm", Shape.Heads), value, HeadNorm(key, $"{path}.k_norm", Shape.KeyValueHeads)];
    }

    private SymbolicTensor Attend(SymbolicTensor[] projected, string path, int layer)
    {
        var rotary = Rotary(layer);
        var features = rotary.Features(Shape.HeadSize);
        return projected[0].Apply(new RotaryAttention(Shape.HeadSize, Shape.Heads, Shape.KeyValueHeads)
        {
            Name = path,
            MaxWavelength = rotary.MaxWavelength,
            RotaryDim = features == Shape.HeadSize ? null : features,
            RotaryScaling = rotary.Scaling,
            Scale = ScoreScale,
            SlidingWindow = IsSliding(layer) ? Shape.SlidingWindow : null,
            LogitSoftCap = ScoreSoftCap,
            UseSinks = Shape.HasAttentionSinks,
            Dropout = Config.Real("attention_dropout") is { } share and < 1 ? share : 0,
        }, projected[1..]);
    }

    private SymbolicTensor Output(SymbolicTensor x, string path)
        => Dense(x, $"{path}.o_proj", Shape.HiddenSize, Shape.AttentionBias.HasFlag(AttentionBias.Output));

    private SymbolicTensor Project(SymbolicTensor x, string path, string part, int heads, AttentionBias bias)
        => Dense(x, $"{path}.{part}_proj", heads * Shape.HeadSize, Shape.AttentionBias.HasFlag(bias));

    private SymbolicTensor HeadNorm(SymbolicTensor x, string path, int heads) => Norm(x.Reshape([-1, heads, Shape.HeadSize]), path);

    private const string Sliding = "sliding_attention", Full = "full_attention";

    private string LayerType(int layer)
    {
        if (Config.Texts("layer_types") is not { } types) return Shape.SlidingLayers > 0 && SlidesByDefault(layer) ? Sliding : Full;
        if (types.Count != Shape.Layers || types.Any(type => type is not (Sliding or Full)))
            throw Config.NotDescribed("layer_types", $"{Shape.Layers} times '{Full}' or '{Sliding}'");
        return types[layer];
    }
}
