namespace DeepGpu.Models.HuggingFace;

/// <summary>Phi-3: one product for queries, keys and values, one for both halves of the gate.</summary>
internal sealed class PhiNetwork(ConfigReader config, TransformerShape shape) : LlamaNetwork(config, shape)
{
    protected override SymbolicTensor[] Projected(SymbolicTensor x, string path)
        => [Dense(x, $"{path}.qkv_proj", (Shape.Heads + 2 * Shape.KeyValueHeads) * Shape.HeadSize,
            Shape.AttentionBias.HasFlag(AttentionBias.Query))];

    protected override SymbolicTensor FeedForward(SymbolicTensor x, int layer)
    {
        var path = $"{Path(layer)}.mlp";
        var both = Dense(x, $"{path}.gate_up_proj", 2 * Shape.FeedForwardSize);
        var parts = both.ApplyAll(new TensorFunction("Split", ("x", FunctionArgument.Input(0)), ("indices_or_sections", 2), ("axis", -1)));
        return Dense(Activated(parts[0], path).Multiply(parts[1]), $"{path}.down_proj", Shape.HiddenSize);
    }
}
