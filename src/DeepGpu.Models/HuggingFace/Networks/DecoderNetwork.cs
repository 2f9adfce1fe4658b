namespace DeepGpu.Models.HuggingFace;

/// <summary>A decoder as a graph: words, layers, a norm, and the way back to words. Layers are called as Hugging Face calls the modules
/// that hold their weights.</summary>
/// <param name="config">The file.</param>
/// <param name="shape">The numbers that follow from it.</param>
internal abstract class DecoderNetwork(ConfigReader config, TransformerShape shape)
{
    private const string Body = "model", Head = "lm_head";

    protected ConfigReader Config { get; } = config;

    protected TransformerShape Shape { get; } = shape;

    /// <summary>How kernels and tables start.</summary>
    protected Initializer Start { get; } = new RandomNormal(0, config.Real("initializer_range") ?? 0.02);

    /// <summary>What the norms add to the mean square.</summary>
    protected double Epsilon { get; } = config.Real("rms_norm_eps") ?? 1e-6;

    /// <summary>What the norms add to their scale; null for nothing.</summary>
    protected virtual double? NormOffset => null;

    /// <summary>What the words' vectors are multiplied with; 1 for nothing.</summary>
    protected virtual double VectorScale => 1;

    /// <summary>The cap of the logits; null for none.</summary>
    protected virtual double? FinalSoftCap => null;

    /// <summary>The whole model.</summary>
    public ModelSpec Build()
    {
        var input = Functional.Input(new InputLayer(new Shape(null, null)) { Name = "input_ids", ElementType = DataType.Int32 });
        var words = new ReversibleEmbedding(Shape.VocabularySize, Shape.HiddenSize)
        {
            Name = $"{Body}.embed_tokens",
            EmbeddingsInitializer = Start,
            LogitSoftCap = FinalSoftCap,
        };
        var x = input.Apply(words);
        if (VectorScale != 1) x = x.Rescaling([VectorScale], name: $"{Body}.embed_scale");
        for (var layer = 0; layer < Shape.Layers; layer++) x = Layer(x, layer);
        x = Norm(x, $"{Body}.norm");
        return Functional.Model([input], [Logits(x, words)], ModelName);
    }

    /// <summary>One layer: attention, then feed-forward, each after a norm and with a way around it.</summary>
    protected virtual SymbolicTensor Layer(SymbolicTensor x, int layer)
    {
        var path = Path(layer);
        x = x.Add(Attention(Norm(x, $"{path}.input_layernorm"), layer));
        return x.Add(FeedForward(Norm(x, $"{path}.post_attention_layernorm"), layer));
    }

    /// <summary>The attention of a layer, its projections with it.</summary>
    protected abstract SymbolicTensor Attention(SymbolicTensor x, int layer);

    /// <summary>The feed-forward part of a layer.</summary>
    protected virtual SymbolicTensor FeedForward(SymbolicTensor x, int layer) => Gated(x, $"{Path(layer)}.mlp", Shape.FeedForwardSize);

    /// <summary>Two projections, of which one gates the other, and a third back.</summary>
    protected SymbolicTensor Gated(SymbolicTensor x, string path, int width)
    {
        var bias = Shape.HasFeedForwardBias;
        var gate = Activated(Dense(x, $"{path}.gate_proj", width, bias), path);
        return Dense(gate.Multiply(Dense(x, $"{path}.up_proj", width, bias)), $"{path}.down_proj", Shape.HiddenSize, bias);
    }

    /// <summary>The function of the gate.</summary>
    protected SymbolicTensor Activated(SymbolicTensor x, string path)
        => HuggingFaceActivations.Apply(x, ActivationName, $"{path}.act_fn", Config);

    /// <summary>The name of the gate's function in the file.</summary>
    protected virtual string ActivationName => Config.Text("hidden_act") ?? "silu";

    /// <summary>A product with a kernel.</summary>
    protected SymbolicTensor Dense(SymbolicTensor x, string path, int units, bool useBias = false)
        => x.Dense(units, useBias: useBias, kernelInitializer: Start, name: path);

    /// <summary>A root-mean-square norm.</summary>
    protected SymbolicTensor Norm(SymbolicTensor x, string path)
        => x.Apply(new RMSNormalization { Name = path, Epsilon = Epsilon, ScaleOffset = NormOffset });

    /// <summary>What the names of a layer's parts start with.</summary>
    protected static string Path(int layer) => FormattableString.Invariant($"{Body}.layers.{layer}");

    private string ModelName => string.Concat(Shape.Name.Select(letter => char.IsControl(letter) ? '_' : letter));

    private SymbolicTensor Logits(SymbolicTensor x, ReversibleEmbedding words)
    {
        if (Shape.HasTiedEmbeddings) return x.Apply(words.Reversed());
        if (FinalSoftCap is not null) throw Config.NotDescribed("final_logit_softcapping", "left out where tie_word_embeddings is false");
        return Dense(x, Head, Shape.VocabularySize, Shape.HasOutputBias);
    }
}
