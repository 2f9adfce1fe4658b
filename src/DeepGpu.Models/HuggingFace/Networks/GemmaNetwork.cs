namespace DeepGpu.Models.HuggingFace;

/// <summary>Gemma 1 to 3: norms that add 1 to their scale, vectors that grow by the root of their length.</summary>
internal sealed class GemmaNetwork(ConfigReader config, TransformerShape shape) : LlamaNetwork(config, shape)
{
    private const double DefaultScalar = 256;

    protected override double? NormOffset => 1;

    protected override double VectorScale => Math.Sqrt(Shape.HiddenSize);

    protected override double? FinalSoftCap => IsFirst ? null : Cap("final_logit_softcapping", 30);

    protected override double? ScoreSoftCap => IsFirst ? null : Cap("attn_logit_softcapping", 50);

    protected override double? ScoreScale => IsFirst ? null : 1 / Math.Sqrt(Config.Real("query_pre_attn_scalar") ?? DefaultScalar);

    protected override string ActivationName
        => Config.Text("hidden_activation")
            ?? (IsFirst && Config.Text("hidden_act") is { } name and not "gelu" ? name : "gelu_pytorch_tanh");

    private bool IsFirst => Shape.ModelType == "gemma";

    private bool IsThird => Shape.ModelType.StartsWith("gemma3", StringComparison.Ordinal);

    /// <summary>The layers that slide have a base of their own.</summary>
    protected override RotaryOptions Rotary(int layer) => !IsThird || Config.Has("rope_parameters") ? base.Rotary(layer)
        : IsSliding(layer) ? new(Config.Real("rope_local_base_freq") ?? 10000, 1, null)
        : RotaryOptions.Of(Config, wavelength: 1_000_000);

    /// <summary>All but each n-th layer.</summary>
    protected override bool SlidesByDefault(int layer)
        => (layer + 1) % (Config.Optional("sliding_window_pattern", "_sliding_window_pattern") ?? (IsThird ? 6 : 2)) != 0;

    protected override SymbolicTensor Layer(SymbolicTensor x, int layer)
    {
        if (IsFirst) return base.Layer(x, layer);
        var path = Path(layer);
        var attended = Attention(Norm(x, $"{path}.input_layernorm"), layer);
        x = x.Add(Norm(attended, $"{path}.post_attention_layernorm"));
        var fed = FeedForward(Norm(x, $"{path}.pre_feedforward_layernorm"), layer);
        return x.Add(Norm(fed, $"{path}.post_feedforward_layernorm"));
    }

    /// <summary>A cap that Gemma 2 has also where its file does not name it.</summary>
    private double? Cap(string name, double second) => Config.Real(name) ?? (IsThird || Config.IsNull(name) ? null : second);
}
