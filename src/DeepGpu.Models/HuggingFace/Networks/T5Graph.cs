namespace DeepGpu.Models.HuggingFace;

/// <summary>T5, its version 1.1 and mT5: an encoder and a decoder without biases, whose scores are not scaled. Raffel et al., 2020,
/// https://arxiv.org/abs/1910.10683.</summary>
/// <remarks>Inputs: input_ids (batch, steps) and decoder_input_ids (batch, other steps); output: logits of the next word (batch, other
/// steps, words). Padding is the number that the file states as pad_token_id.</remarks>
internal sealed class T5Graph
{
    private readonly GraphParts _parts;
    private readonly TransformerShape _shape;
    private readonly double _epsilon;
    private readonly RelativePositions _positions;

    private T5Graph(ConfigReader c, TransformerShape shape)
    {
        _shape = shape;
        _epsilon = c.Real("layer_norm_epsilon") ?? 1e-6;
        _positions = new(shape.RelativePositionBuckets, c.Optional("relative_attention_max_distance") ?? 128);
        _parts = new(c) { Epsilon = _epsilon, Function = FunctionOf(c), Dropout = c.Share("dropout_rate") ?? 0.1 };
    }

    public static TransformerGraph Of(ConfigReader c, TransformerShape shape) => new T5Graph(c, shape).Build(c);

    /// <summary>"gated-gelu" means the approximation.</summary>
    private static Activation FunctionOf(ConfigReader c)
    {
        var text = c.Text("feed_forward_proj") ?? (c.Family == "mt5" ? "gated-gelu" : "relu");
        return text == "gated-gelu" ? Activation.GeluApproximate : HuggingFaceActivations.Of(text.Split('-')[^1], c);
    }

    private TransformerGraph Build(ConfigReader c)
    {
        var (ids, answer) = (GraphParts.Numbers("input_ids"), GraphParts.Numbers("decoder_input_ids"));
        var words = _parts.Words("shared", _shape.VocabularySize, _shape.HiddenSize);
        var mask = GraphParts.AsKeys(GraphParts.IsWord(ids, c.Count("pad_token_id", 0)));
        var encoded = Half(ids.Apply(words), "encoder", _shape.EncoderLayers, isCausal: false, mask, null);
        var vectors = answer.Apply(words);
        var states = Half(vectors, "decoder", _shape.Layers, isCausal: true, GraphAttention.Earlier(vectors), (encoded, mask));
        if (!_shape.HasTiedEmbeddings)
            return new([ids, answer], states, [states.Apply(_parts.Dense("lm_head", _shape.VocabularySize, hasBias: false))]);
        var scaled = states.Apply(new TensorFunction("Multiply", ("x1", FunctionArgument.Input(0)),
            ("x2", 1 / Math.Sqrt(_shape.HiddenSize))));
        return new([ids, answer], states, [scaled.Apply(words.Reversed())]);
    }

    private SymbolicTensor Half(SymbolicTensor vectors, string half, int layers, bool isCausal, SymbolicTensor allowed,
        (SymbolicTensor States, SymbolicTensor Allowed)? encoded)
    {
        var table = _parts.Table($"{half}.block.0.layer.0.SelfAttention.relative_attention_bias", _shape.RelativePositionBuckets,
            _shape.Heads);
        var bias = GraphParts.Call(_positions.Of(vectors, isCausal).Apply(table), "Transpose", ("axes", FunctionArgument.List(0, 3, 1, 2)));
        var x = _parts.Dropped(vectors);
        for (var i = 0; i < layers; i++)
        {
            var path = FormattableString.Invariant($"{half}.block.{i}.layer");
            x = Around(x, $"{path}.0", y => Attend(y, y, $"{path}.0.SelfAttention", allowed, bias));
            if (encoded is { } seen)
                x = Around(x, $"{path}.1", y => Attend(y, seen.States, $"{path}.1.EncDecAttention", seen.Allowed, null));
            var last = $"{path}.{(encoded is null ? 1 : 2)}";
            x = Around(x, last, y => FeedForward(y, last + ".DenseReluDense."));
        }

        return _parts.Dropped(x.Apply(Norm($"{half}.final_layer_norm")));
    }

    private SymbolicTensor Around(SymbolicTensor x, string path, Func<SymbolicTensor, SymbolicTensor> part)
        => _parts.Dropped(part(x.Apply(Norm($"{path}.layer_norm")))).Add(x);

    private SymbolicTensor Attend(SymbolicTensor x, SymbolicTensor seen, string path, SymbolicTensor allowed, SymbolicTensor? bias)
    {
        var width = _shape.Heads * _shape.HeadSize;
        var attention = new GraphAttention(_shape.Heads, _shape.HeadSize)
        {
            Scale = 1,
            Allowed = allowed,
            Bias = bias,
            Dropout = _parts.Dropout,
        };
        return attention.Apply(Product(x, $"{path}.q", width), Product(seen, $"{path}.k", width), Product(seen, $"{path}.v", width))
            .Apply(_parts.Dense($"{path}.o", _shape.HiddenSize, hasBias: false));
    }

    private SymbolicTensor FeedForward(SymbolicTensor x, string path)
    {
        var between = _shape.HasGatedFeedForward
            ? Product(x, path + "wi_0", _shape.FeedForwardSize, _parts.Function).Multiply(Product(x, path + "wi_1", _shape.FeedForwardSize))
            : Product(x, path + "wi", _shape.FeedForwardSize, _parts.Function);
        return Product(_parts.Dropped(between), path + "wo", _shape.HiddenSize);
    }

    private SymbolicTensor Product(SymbolicTensor x, string name, int units, Activation function = Activation.Linear)
        => x.Apply(_parts.Dense(name, units, function, hasBias: false));

    private RMSNormalization Norm(string name) => new() { Name = name, Epsilon = _epsilon };
}
