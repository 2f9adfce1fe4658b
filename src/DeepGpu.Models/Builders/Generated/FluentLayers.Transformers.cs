// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Transformers.</content>
public static partial class FluentLayers
{
    /// <summary>Lowers attention scores the more the farther a key lies back: a way to tell positions apart without embeddings. Press et
    /// al., 2021, https://arxiv.org/abs/2108.12409. Adds the layer <see cref="Models.AlibiBias"/>.</summary>
    /// <remarks>Input (batch, heads, queries, keys), scores before the softmax; output of the same shape: to key j of n, slope * (j - n +
    /// 1) is added. Head h of a power of two H has the slope 2^(-(h + 1) * alibiBiasMax / H); of another number, the first ones are those
    /// of the next lower power of two, the others every second one of twice that power. A mask ends here. KerasHub:
    /// https://keras.io/keras_hub/api/modeling_layers/alibi_bias/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="alibiBiasMax">The exponent of the last head's slope, at least 1. Default 8.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AlibiBias(
        this SymbolicTensor input,
        int alibiBiasMax = 8,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AlibiBias()
        {
            AlibiBiasMax = alibiBiasMax,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Two projections of each step, of which one gates the other, and a third back: output(activation(gate(x)) *
    /// intermediate(x)). With SiLU it is SwiGLU, as in Llama; with GELU it is GEGLU, as in Gemma. Shazeer, 2020,
    /// https://arxiv.org/abs/2002.05202. Adds the layer <see cref="Models.GatedFeedForward"/>.</summary>
    /// <remarks>Input (batch, ..., features), output of the same shape. Keras has no such layer; the weights have the names that
    /// KerasHub's decoder of Llama gives them.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="intermediateDim">The length of the vectors between the projections, at least 1.</param>
    /// <param name="activation">The function of the gate. Default SiLU.</param>
    /// <param name="useBias">Whether the projections have biases. Default false.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the biases start. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernels; default none.</param>
    /// <param name="biasRegularizer">A penalty on the biases; default none.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GatedFeedForward(
        this SymbolicTensor input,
        int intermediateDim,
        Activation activation = Activation.Silu,
        bool useBias = false,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new GatedFeedForward(intermediateDim);
        var made = defaults with
        {
            Activation = activation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Several gated feed-forward networks, of which a router sends each step through a few: the sum of their outputs, each times
    /// how much the router wants it. Shazeer et al., 2017, https://arxiv.org/abs/1701.06538; Mixtral, https://arxiv.org/abs/2401.04088.
    /// Adds the layer <see cref="Models.MixtureOfExperts"/>.</summary>
    /// <remarks>Input (batch, ..., features), output of the same shape. The router's softmax over all experts, in single precision or
    /// better, gives a step's weights; the topK largest count. An expert is output(activation(gate(x)) * intermediate(x)), without biases.
    /// Which experts a step goes through has no gradient; how much each counts has. Keras has no such layer.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numExperts">Experts, at least 1.</param>
    /// <param name="topK">How many of them each step goes through, from 1 to <see cref="Models.MixtureOfExperts.NumExperts" />.</param>
    /// <param name="intermediateDim">The length of the vectors between an expert's projections, at least 1.</param>
    /// <param name="activation">The function of the gates. Default SiLU.</param>
    /// <param name="normalizeTopK">Whether the weights of the experts that a step goes through are divided by their sum, as in Mixtral.
    /// Default true.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="kernelRegularizer">A penalty on the kernels; default none.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MixtureOfExperts(
        this SymbolicTensor input,
        int numExperts,
        int topK,
        int intermediateDim,
        Activation activation = Activation.Silu,
        bool normalizeTopK = true,
        Initializer? kernelInitializer = null,
        Regularizer? kernelRegularizer = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new MixtureOfExperts(numExperts, topK, intermediateDim);
        var made = defaults with
        {
            Activation = activation,
            NormalizeTopK = normalizeTopK,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            KernelRegularizer = kernelRegularizer,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A learned vector for each position. It is added to the vectors by an <see cref="Models.Add" />. Devlin et al., 2019,
    /// https://arxiv.org/abs/1810.04805. Adds the layer <see cref="Models.PositionEmbedding"/>.</summary>
    /// <remarks>Input (batch, ..., steps, features), of which only the shape counts, with at most sequenceLength steps; output of the same
    /// shape. A mask ends here. KerasHub: https://keras.io/keras_hub/api/modeling_layers/position_embedding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="sequenceLength">The most steps of an input, at least 1.</param>
    /// <param name="initializer">How the vectors start. Default Glorot uniform.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor PositionEmbedding(
        this SymbolicTensor input,
        int sequenceLength,
        Initializer? initializer = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new PositionEmbedding(sequenceLength);
        var made = defaults with
        {
            Initializer = initializer ?? defaults.Initializer,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Turns pairs of features by angles that grow with the position, so that the product of two such vectors tells how far apart
    /// they are. Su et al., 2021, https://arxiv.org/abs/2104.09864. Adds the layer <see cref="Models.RotaryEmbedding"/>.</summary>
    /// <remarks>Output shape = input shape, e.g. (batch, steps, features) or (batch, steps, heads, features). Features i and i + features
    /// / 2 of step t are a pair; its angle is t / scalingFactor * maxWavelength^(-2i / features). A mask ends here. KerasHub:
    /// https://keras.io/keras_hub/api/modeling_layers/rotary_embedding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="maxWavelength">The base of the wavelengths, above 0: the longest is 2 pi times nearly this many steps. Default
    /// 10000.</param>
    /// <param name="scalingFactor">What positions are divided by, above 0. Default 1.</param>
    /// <param name="sequenceAxis">The axis of the steps. Default 1.</param>
    /// <param name="featureAxis">The axis of the features, an even number of them. Default the last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RotaryEmbedding(
        this SymbolicTensor input,
        double maxWavelength = 10000,
        double scalingFactor = 1,
        int sequenceAxis = 1,
        int featureAxis = -1,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RotaryEmbedding()
        {
            MaxWavelength = maxWavelength,
            ScalingFactor = scalingFactor,
            SequenceAxis = sequenceAxis,
            FeatureAxis = featureAxis,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>What tells a position apart: sines and cosines of wavelengths that grow from feature to feature. It is added to the
    /// vectors by an <see cref="Models.Add" />. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762. Adds the layer
    /// <see cref="Models.SinePositionEncoding"/>.</summary>
    /// <remarks>Input (batch, ..., steps, features), of which only the shape counts; output of the same shape. With the angle t *
    /// maxWavelength^(-2 floor(i/2) / features), feature i of step t is its sine where i is even, its cosine where i is odd; computed in
    /// single precision whatever the policy. A mask ends here. KerasHub:
    /// https://keras.io/keras_hub/api/modeling_layers/sine_position_encoding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="maxWavelength">The base of the wavelengths, above 0: the longest is 2 pi times nearly this many steps. Default
    /// 10000.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor SinePositionEncoding(
        this SymbolicTensor input,
        double maxWavelength = 10000,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new SinePositionEncoding()
        {
            MaxWavelength = maxWavelength,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>The sum of a learned vector for each word and one for each position. Adds the layer
    /// <see cref="Models.TokenAndPositionEmbedding"/>.</summary>
    /// <remarks>Input (batch, steps) of numbers in 0..vocabularySize-1 with at most sequenceLength steps, output (batch, steps,
    /// embeddingDim). KerasHub: https://keras.io/keras_hub/api/modeling_layers/token_and_position_embedding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="vocabularySize">How many words there are, at least 1.</param>
    /// <param name="sequenceLength">The most steps of an input, at least 1.</param>
    /// <param name="embeddingDim">The length of each vector, at least 1.</param>
    /// <param name="tieWeights">Whether the words' table has no second one, "reverse_embeddings", for a projection. Default true.</param>
    /// <param name="embeddingsInitializer">How the vectors start. Default uniform in [-0.05, 0.05).</param>
    /// <param name="maskZero">Whether 0 marks padding that later layers skip. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor TokenAndPositionEmbedding(
        this SymbolicTensor input,
        int vocabularySize,
        int sequenceLength,
        int embeddingDim,
        bool tieWeights = true,
        Initializer? embeddingsInitializer = null,
        bool maskZero = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new TokenAndPositionEmbedding(vocabularySize, sequenceLength, embeddingDim);
        var made = defaults with
        {
            TieWeights = tieWeights,
            EmbeddingsInitializer = embeddingsInitializer ?? defaults.EmbeddingsInitializer,
            MaskZero = maskZero,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A block of a transformer whose steps see no later ones: self-attention, attention to an encoded sequence if one is given,
    /// then two dense layers on each step. GPT-2 is a stack of them without a second sequence. Vaswani et al., 2017,
    /// https://arxiv.org/abs/1706.03762. Adds the layer <see cref="Models.TransformerDecoder"/>.</summary>
    /// <remarks>Decoder sequence (batch, steps, features) and perhaps an encoder sequence (batch, other steps, other features); output
    /// (batch, steps, features). Masked steps of either are not attended to. KerasHub:
    /// https://keras.io/keras_hub/api/modeling_layers/transformer_decoder/</remarks>
    /// <param name="decoderSequence">The sequence that is decoded.</param>
    /// <param name="encoderSequence">The encoded sequence that is attended to; null for a decoder without cross-attention.</param>
    /// <param name="intermediateDim">The length of the vectors between the two dense layers, at least 1.</param>
    /// <param name="numHeads">Heads of the attention, at least 1 and at most the length of the input's vectors: each has that length over
    /// this number, rounded down.</param>
    /// <param name="dropout">The share of attention scores, and of each part's output, that is set to 0 while training, in [0, 1). Default
    /// 0.</param>
    /// <param name="activation">The function between the two dense layers. Default ReLU.</param>
    /// <param name="layerNormEpsilon">What the normalisations add to the variance, at least 0. Default 1e-5.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the biases start. Default zeros.</param>
    /// <param name="normalizeFirst">Whether each part normalises what goes into it, as in GPT-2; else the sum after it is normalised, as
    /// in BERT. Default false.</param>
    /// <param name="useCausalMask">Whether a step of the decoder sequence sees no later one. Default true; in KerasHub an argument of the
    /// call.</param>
    /// <param name="loraAdapters">Low-rank matrices trained beside frozen kernels, named by the parts, e.g.
    /// "_self_attention_layer/query_dense" or "_feedforward_output_dense"; null for none, the default. Set by <c>EnableLora</c>.</param>
    /// <param name="loraOnly">Whether those matrices alone are trained, nothing else of the block. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor TransformerDecoder(
        this SymbolicTensor decoderSequence,
        int intermediateDim,
        int numHeads,
        SymbolicTensor? encoderSequence = null,
        double dropout = 0,
        Activation activation = Activation.Relu,
        double layerNormEpsilon = 1e-05,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        bool normalizeFirst = false,
        bool useCausalMask = true,
        ImmutableArray<LoraAdapter>? loraAdapters = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new TransformerDecoder(intermediateDim, numHeads);
        var made = defaults with
        {
            Dropout = dropout,
            Activation = activation,
            LayerNormEpsilon = layerNormEpsilon,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            NormalizeFirst = normalizeFirst,
            UseCausalMask = useCausalMask,
            LoraAdapters = loraAdapters,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(decoderSequence, made, encoderSequence is null ? [] : [encoderSequence]);
    }

    /// <summary>A block of a transformer that sees the whole sequence: self-attention, then two dense layers on each step. BERT is a stack
    /// of them. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762. Adds the layer <see cref="Models.TransformerEncoder"/>.</summary>
    /// <remarks>Input (batch, steps, features), output of the same shape, then, with
    /// <see cref="Models.TransformerEncoder.ReturnAttentionScores" />, (batch, heads, steps, steps). Masked steps are not attended to; a
    /// mask (batch, steps, steps) given for the call says which step sees which. KerasHub:
    /// https://keras.io/keras_hub/api/modeling_layers/transformer_encoder/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="intermediateDim">The length of the vectors between the two dense layers, at least 1.</param>
    /// <param name="numHeads">Heads of the attention, at least 1 and at most the length of the input's vectors: each has that length over
    /// this number, rounded down.</param>
    /// <param name="dropout">The share of attention scores, and of each part's output, that is set to 0 while training, in [0, 1). Default
    /// 0.</param>
    /// <param name="activation">The function between the two dense layers. Default ReLU.</param>
    /// <param name="layerNormEpsilon">What the normalisations add to the variance, at least 0. Default 1e-5.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the biases start. Default zeros.</param>
    /// <param name="normalizeFirst">Whether each part normalises what goes into it, as in GPT-2; else the sum after it is normalised, as
    /// in BERT. Default false.</param>
    /// <param name="kernelRegularizer">A penalty on the kernels; default none.</param>
    /// <param name="biasRegularizer">A penalty on the biases; default none.</param>
    /// <param name="returnAttentionScores">Whether the attention's scores are yielded as a second output. Default false; in KerasHub an
    /// argument of the call.</param>
    /// <param name="loraAdapters">Low-rank matrices trained beside frozen kernels, named by the parts, e.g.
    /// "_self_attention_layer/query_dense" or "_feedforward_output_dense"; null for none, the default. Set by <c>EnableLora</c>.</param>
    /// <param name="loraOnly">Whether those matrices alone are trained, nothing else of the block. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor TransformerEncoder(
        this SymbolicTensor input,
        int intermediateDim,
        int numHeads,
        double dropout = 0,
        Activation activation = Activation.Relu,
        double layerNormEpsilon = 1e-05,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        bool normalizeFirst = false,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        bool returnAttentionScores = false,
        ImmutableArray<LoraAdapter>? loraAdapters = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new TransformerEncoder(intermediateDim, numHeads);
        var made = defaults with
        {
            Dropout = dropout,
            Activation = activation,
            LayerNormEpsilon = layerNormEpsilon,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            NormalizeFirst = normalizeFirst,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            ReturnAttentionScores = returnAttentionScores,
            LoraAdapters = loraAdapters,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
