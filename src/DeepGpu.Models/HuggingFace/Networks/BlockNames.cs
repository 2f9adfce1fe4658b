namespace DeepGpu.Models.HuggingFace;

/// <summary>What the modules of a block are called in published files.</summary>
/// <param name="Projections">Queries, keys and values; one name where all three are one product.</param>
/// <param name="Attended">The product after attention.</param>
/// <param name="AttentionNorm">The normalisation of attention.</param>
/// <param name="Inner">The first dense layer.</param>
/// <param name="Outer">The second one.</param>
/// <param name="FeedForwardNorm">Their normalisation.</param>
internal sealed record BlockNames(string[] Projections, string Attended, string AttentionNorm, string Inner, string Outer,
    string FeedForwardNorm)
{
    public static BlockNames Bert { get; } = new(["attention.self.query", "attention.self.key", "attention.self.value"],
        "attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm");

    public static BlockNames DistilBert { get; } = new(["attention.q_lin", "attention.k_lin", "attention.v_lin"], "attention.out_lin",
        "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm");

    public static BlockNames Vision { get; } = new(
        ["attention.attention.query", "attention.attention.key", "attention.attention.value"], "attention.output.dense",
        "layernorm_before", "intermediate.dense", "output.dense", "layernorm_after");

    public static BlockNames Gpt2 { get; } = new(["attn.c_attn"], "attn.c_proj", "ln_1", "mlp.c_fc", "mlp.c_proj", "ln_2");

    /// <summary>BART and Whisper, whose decoders attend to the encoder, too.</summary>
    public static BlockNames Bart { get; } = new(["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "self_attn.out_proj",
        "self_attn_layer_norm", "fc1", "fc2", "final_layer_norm");
}
