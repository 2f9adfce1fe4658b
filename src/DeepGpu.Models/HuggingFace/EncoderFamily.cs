namespace DeepGpu.Models.HuggingFace;

/// <summary>Encoders of text and of pictures.</summary>
internal static class EncoderFamily
{
    private const int ImageNetClasses = 1000;

    /// <summary>BERT and RoBERTa: a norm after the embeddings, none at the end, a pooler; a classifier where the file is of one.</summary>
    public static TransformerShape Bert(ConfigReader c)
    {
        var shape = Encoder(c, c.Number("hidden_size"), c.Number("num_attention_heads"), c.Number("num_hidden_layers"),
            c.Number("intermediate_size"));
        return shape with
        {
            LearnedPositions = c.Number("max_position_embeddings"),
            TokenTypes = c.Count("type_vocab_size", 2),
            HasPooler = !c.IsFor(TextHeads.StepClassifier) && !c.IsFor(TextHeads.Answers),
            OtherParameters = Classifier(c, shape.HiddenSize),
        };
    }

    /// <summary>ELECTRA's tables and their norm have their own size; a dense layer with a bias leads to the layers'.</summary>
    public static TransformerShape Electra(ConfigReader c)
    {
        var shape = Bert(c) with { HasPooler = false };
        long hidden = shape.HiddenSize, size = c.Optional("embedding_size") ?? shape.HiddenSize;
        return size == hidden ? shape : shape with
        {
            EmbeddingSize = (int)size,
            OtherParameters = shape.OtherParameters + hidden - (hidden - size) * (shape.LearnedPositions + 2),
        };
    }

    public static TransformerShape DistilBert(ConfigReader c)
    {
        var shape = Encoder(c, c.Number("dim"), c.Number("n_heads"), c.Number("n_layers"), c.Number("hidden_dim"));
        return shape with
        {
            LearnedPositions = c.Flag("sinusoidal_pos_embds") ? 0 : c.Number("max_position_embeddings"),
            OtherParameters = Classifier(c, shape.HiddenSize),
        };
    }

    /// <summary>A vision transformer: patches, a token of its own for the class, and a classifier, which stands in the file or is
    /// ImageNet's.
    /// </summary>
    public static TransformerShape VisionTransformer(ConfigReader c) => Vision(c, ownTokens: 1);

    /// <summary>DeiT has a token for distillation, too.</summary>
    public static TransformerShape DataEfficient(ConfigReader c) => Vision(c, ownTokens: 2);

    private static TransformerShape Vision(ConfigReader c, int ownTokens)
    {
        var shape = Encoder(c, c.Number("hidden_size"), c.Number("num_attention_heads"), c.Number("num_hidden_layers"),
            c.Number("intermediate_size"));
        var (image, patch) = (c.Optional("image_size") ?? 224, c.Optional("patch_size") ?? 16);
        var side = image / patch;
        var tokens = checked(side * side + ownTokens);
        long hidden = shape.HiddenSize, channels = c.Optional("num_channels") ?? 3;
        var isBody = c.Has("architectures") && !c.IsFor("ForImageClassification") && !c.IsFor("WithTeacher");
        long classes = c.Members("id2label") ?? c.Optional("num_labels", "num_classes") ?? ImageNetClasses;
        var heads = c.IsFor("WithTeacher") ? 2 : 1;
        return shape with
        {
            AttentionBias = c.Flag("qkv_bias", true) ? AttentionBias.All : AttentionBias.Output,
            LearnedPositions = tokens,
            FixedInputLength = tokens,
            HasPooler = isBody,
            OtherParameters = channels * patch * patch * hidden + hidden + ownTokens * hidden
                + (isBody ? 0 : heads * (hidden + 1) * classes),
        };
    }

    private static long Classifier(ConfigReader c, long hidden)
    {
        if (!c.IsFor(TextHeads.Classifier)) return TextHeads.CountOfSteps(c, hidden);
        long labels = c.Members("id2label") ?? c.Optional("num_labels") ?? 2;
        return (hidden + 1) * labels + (c.Family is "distilbert" or "electra" ? hidden * hidden + hidden : 0);
    }

    private static TransformerShape Encoder(ConfigReader c, int hidden, int heads, int layers, int feedForward) => new()
    {
        Name = c.Family,
        Kind = TransformerKind.Encoder,
        Layers = layers,
        HiddenSize = hidden,
        Heads = heads,
        KeyValueHeads = heads,
        HeadSize = ShapeCheck.HeadSize(hidden, heads),
        FeedForwardSize = feedForward,
        VocabularySize = c.Count("vocab_size", 0),
        HasTiedEmbeddings = true,
        Norm = TransformerNorm.Layer,
        AttentionBias = AttentionBias.All,
        HasFeedForwardBias = true,
        ContextLength = c.Optional("max_position_embeddings"),
    };
}
