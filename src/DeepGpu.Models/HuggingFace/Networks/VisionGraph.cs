namespace DeepGpu.Models.HuggingFace;

/// <summary>Transformers of pictures. ViT: Dosovitskiy et al., 2021, https://arxiv.org/abs/2010.11929; DeiT: Touvron et al., 2021,
/// https://arxiv.org/abs/2012.12877.</summary>
/// <remarks>Input: pixel_values (batch, height, width, channels); outputs: logits (batch, classes), or, without a classifier, the states
/// (batch, patches and tokens, features) and what the pooler makes of the first one.</remarks>
internal static class VisionGraph
{
    private const int Classes = 1000;

    public static TransformerGraph VisionTransformer(ConfigReader c, TransformerShape shape) => Of(c, shape, "embeddings.cls_token");

    /// <summary>A second token learns from a teacher; its classifier's logits are averaged with the first one's.</summary>
    public static TransformerGraph DataEfficient(ConfigReader c, TransformerShape shape)
        => Of(c, shape, "embeddings.distillation_token", "embeddings.cls_token");

    private static TransformerGraph Of(ConfigReader c, TransformerShape shape, params string[] tokens)
    {
        var (image, patch, channels) = (c.Optional("image_size") ?? 224, c.Optional("patch_size") ?? 16, c.Optional("num_channels") ?? 3);
        var parts = new GraphParts(c)
        {
            Epsilon = c.Real("layer_norm_eps") ?? 1e-12,
            Function = c.Function("hidden_act", "gelu"),
            Dropout = c.Share("hidden_dropout_prob") ?? 0,
        };
        var pixels = Functional.Input(new InputLayer(new Shape(null, image, image, channels)) { Name = "pixel_values" });
        var x = pixels.Apply(new Conv2D(shape.HiddenSize, patch) { Name = "embeddings.patch_embeddings.projection", Strides = patch })
            .Reshape(-1, shape.HiddenSize);
        x = tokens.Aggregate(x, (sequence, token) => After(parts, token, sequence, shape.HiddenSize));
        x = parts.Dropped(x.Add(x.Apply(parts.Positions("embeddings.position_embeddings", shape.LearnedPositions))));
        var blocks = new GraphBlocks(parts, shape, BlockNames.Vision) { NormalizesFirst = true };
        var states = blocks.Stack(x, "encoder.layer", shape.Layers).Apply(parts.Norm("layernorm"));
        return new([pixels], states, Outputs(c, parts, shape, states));
    }

    /// <summary>A sequence after a token of its own, the only row of a table.</summary>
    private static SymbolicTensor After(GraphParts parts, string token, SymbolicTensor sequence, int features)
    {
        var first = GraphParts.Call(sequence, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(),
            FunctionArgument.Slice(stop: 1), 0)));
        var zeros = GraphParts.Call(first, "ZerosLike", ("dtype", "int64"));
        return zeros.Apply(parts.Table(token, 1, features)).Concatenate([sequence], axis: 1);
    }

    private static IReadOnlyList<SymbolicTensor> Outputs(ConfigReader c, GraphParts parts, TransformerShape shape, SymbolicTensor states)
    {
        var first = GraphParts.Step(states, 0);
        if (shape.HasPooler) return [states, first.Apply(parts.Dense("pooler.dense", shape.HiddenSize, c.Function("pooler_act", "tanh")))];
        if (!c.IsFor("WithTeacher")) return [first.Apply(parts.Dense("classifier", c.Classes(Classes)))];
        var logits = first.Apply(parts.Dense("cls_classifier", c.Classes(Classes)));
        return [logits.Average(GraphParts.Step(states, 1).Apply(parts.Dense("distillation_classifier", c.Classes(Classes))))];
    }
}
