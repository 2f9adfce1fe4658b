namespace DeepGpu.Models.HuggingFace;

/// <summary>BERT and what is built like it. Devlin et al., 2019, https://arxiv.org/abs/1810.04805; RoBERTa,
/// https://arxiv.org/abs/1907.11692; ELECTRA, https://arxiv.org/abs/2003.10555; DistilBERT, https://arxiv.org/abs/1910.01108.</summary>
/// <remarks>Inputs: input_ids (batch, steps) and, where there are several kinds of sentences, token_type_ids (batch, steps). Padding is
/// the number that the file states as pad_token_id. Outputs: the states (batch, steps, features) and what the pooler makes of the first
/// one (batch, features), if there is one; of a classifier its logits (batch, classes), of one of steps (batch, steps, classes), of a model
/// that finds answers the logits of the start and of the end (batch, steps), of the head that pretraining uses (batch, steps,
/// words).</remarks>
internal static class BertGraph
{
    public static TransformerGraph Bert(ConfigReader c, TransformerShape shape)
    {
        var (parts, ids) = (Parts(c), GraphParts.Numbers("input_ids"));
        var mask = GraphParts.IsWord(ids, c.Count("pad_token_id", 0));
        var words = Table(c, parts, shape);
        var (vectors, kinds) = WithKinds(parts, ids.Apply(words), ids, shape);
        vectors = vectors.Add(vectors.Apply(parts.Positions("embeddings.position_embeddings", shape.LearnedPositions)));
        return Finished(c, parts, shape, kinds is null ? [ids] : [ids, kinds], vectors, mask, words);
    }

    /// <summary>Positions count words alone, from the padding's number on, which padding itself has.</summary>
    public static TransformerGraph Roberta(ConfigReader c, TransformerShape shape)
    {
        var (parts, ids, padding) = (Parts(c), GraphParts.Numbers("input_ids"), c.Count("pad_token_id", 1));
        var mask = GraphParts.IsWord(ids, padding);
        var words = Table(c, parts, shape);
        var (vectors, kinds) = WithKinds(parts, ids.Apply(words), ids, shape);
        var table = parts.Table("embeddings.position_embeddings", shape.LearnedPositions, shape.HiddenSize);
        return Finished(c, parts, shape, kinds is null ? [ids] : [ids, kinds], vectors.Add(Places(mask, padding).Apply(table)), mask,
            words);
    }

    public static TransformerGraph DistilBert(ConfigReader c, TransformerShape shape)
    {
        c.Demand("sinusoidal_pos_embds", value: false);
        var (parts, ids) = (new GraphParts(c)
        {
            Epsilon = 1e-12,
            Function = c.Function("activation", "gelu"),
            Dropout = c.Share("dropout") ?? 0.1,
        }, GraphParts.Numbers("input_ids"));
        var table = Table(c, parts, shape);
        var words = ids.Apply(table);
        var vectors = words.Add(words.Apply(parts.Positions("embeddings.position_embeddings", shape.LearnedPositions)));
        var mask = GraphParts.IsWord(ids, c.Count("pad_token_id", 0));
        var states = Blocks(parts, shape, BlockNames.DistilBert)
            .Stack(GraphParts.Masked(Normalized(parts, vectors), mask), "transformer.layer", shape.Layers);
        if (c.WantsWords) return new([ids], states, [TextHeads.Words(parts, states, ids, (ReversibleEmbedding)table,
            ("vocab_transform", "vocab_layer_norm", "vocab_projector.bias"), parts.Function)]);
        if (TextHeads.OfSteps(c, parts, states) is { } ofSteps) return new([ids], states, ofSteps);
        if (!c.IsFor(TextHeads.Classifier)) return new([ids], states, [states]);
        var pooled = GraphParts.Step(states, 0).Apply(parts.Dense("pre_classifier", shape.HiddenSize, Activation.Relu));
        return new([ids], states, [parts.Dropped(pooled).Apply(parts.Dense("classifier", c.Classes(2)))]);
    }

    private static GraphParts Parts(ConfigReader c) => new(c)
    {
        Epsilon = c.Real("layer_norm_eps") ?? 1e-12,
        Function = c.Function("hidden_act", "gelu"),
        Dropout = c.Share("hidden_dropout_prob") ?? 0.1,
    };

    /// <summary>The words' vectors; such as lead back to words where those are asked for.</summary>
    private static Layer Table(ConfigReader c, GraphParts parts, TransformerShape shape)
    {
        const string Name = "embeddings.word_embeddings";
        var features = shape.EmbeddingSize ?? shape.HiddenSize;
        return c.WantsWords ? parts.Words(Name, shape.VocabularySize, features) : parts.Table(Name, shape.VocabularySize, features);
    }

    /// <summary>The words and the kinds of their sentences: of one kind only, nobody names it.</summary>
    private static (SymbolicTensor Vectors, SymbolicTensor? Kinds) WithKinds(GraphParts parts, SymbolicTensor words, SymbolicTensor ids,
        TransformerShape shape)
    {
        if (shape.TokenTypes == 0) return (words, null);
        var kinds = shape.TokenTypes > 1 ? GraphParts.Numbers("token_type_ids") : null;
        var table = parts.Table("embeddings.token_type_embeddings", shape.TokenTypes, shape.EmbeddingSize ?? shape.HiddenSize);
        return (words.Add((kinds ?? GraphParts.Call(ids, "ZerosLike")).Apply(table)), kinds);
    }

    /// <summary>The number of each word's position: how many words there are up to it, counted on from the padding's.</summary>
    private static SymbolicTensor Places(SymbolicTensor mask, int padding)
    {
        var words = GraphParts.Call(mask, "Cast", ("dtype", "int64"));
        var counted = GraphParts.Call(words, "Cumsum", ("axis", 1));
        return GraphParts.Call(GraphAttention.Join(counted, "Multiply", words), "Add", padding);
    }

    private static GraphBlocks Blocks(GraphParts parts, TransformerShape shape, BlockNames names)
        => new(parts, shape, names) { NormalizesFirst = false };

    private static SymbolicTensor Normalized(GraphParts parts, SymbolicTensor vectors)
        => parts.Dropped(vectors.Apply(parts.Norm("embeddings.LayerNorm")));

    private static TransformerGraph Finished(ConfigReader c, GraphParts parts, TransformerShape shape, IReadOnlyList<SymbolicTensor> inputs,
        SymbolicTensor vectors, SymbolicTensor mask, Layer words)
    {
        var x = Normalized(parts, vectors);
        if (shape.EmbeddingSize is not null) x = x.Apply(parts.Dense("embeddings_project", shape.HiddenSize));
        var states = Blocks(parts, shape, BlockNames.Bert).Stack(GraphParts.Masked(x, mask), "encoder.layer", shape.Layers);
        return new(inputs, states, c.WantsWords ? [Words(c, parts, states, inputs[0], (ReversibleEmbedding)words)]
            : TextHeads.OfSteps(c, parts, states) ?? Outputs(c, parts, shape, states));
    }

    private static SymbolicTensor Words(ConfigReader c, GraphParts parts, SymbolicTensor states, SymbolicTensor ids,
        ReversibleEmbedding words) => c.Family switch
        {
            "bert" => TextHeads.Words(parts, states, ids, words, ("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm",
                "cls.predictions.bias"), parts.Function),
            "electra" => TextHeads.Words(parts, states, ids, words, ("generator_predictions.dense", "generator_predictions.LayerNorm",
                "generator_lm_head.bias"), Activation.Gelu),
            _ => TextHeads.Words(parts, states, ids, words, ("lm_head.dense", "lm_head.layer_norm", "lm_head.bias"), Activation.Gelu),
        };

    private static IReadOnlyList<SymbolicTensor> Outputs(ConfigReader c, GraphParts parts, TransformerShape shape, SymbolicTensor states)
    {
        var isClassifier = c.IsFor(TextHeads.Classifier);
        if (!shape.HasPooler && !isClassifier) return [states];
        var first = GraphParts.Step(states, 0);
        if (!isClassifier) return [states, first.Apply(parts.Dense("pooler.dense", shape.HiddenSize, Activation.Tanh))];
        var (dense, function, output) = c.Family switch
        {
            "bert" => ("pooler.dense", Activation.Tanh, "classifier"),
            "electra" => ("classifier.dense", Activation.Gelu, "classifier.out_proj"),
            _ => ("classifier.dense", Activation.Tanh, "classifier.out_proj"),
        };
        var pooled = parts.Dropped(first).Apply(parts.Dense(dense, shape.HiddenSize, function));
        return [parts.Dropped(pooled).Apply(parts.Dense(output, c.Classes(2)))];
    }
}
