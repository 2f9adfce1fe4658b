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

    /// <summary>Attention of a sequence to itself whose keys and values are made of one short vector a step, the latent: only that, and
    /// the turned part of the keys, is kept while a model generates. DeepSeek-V2, https://arxiv.org/abs/2405.04434. Adds the layer
    /// <see cref="Models.LatentAttention"/>.</summary>
    /// <remarks>Inputs: query (batch, steps, heads * (head length + rotary length)), and (batch, steps, latent length + rotary length):
    /// the latent, then the part of the keys that is turned, one for all heads. Output (batch, steps, heads * value length). The latent is
    /// normalised (root mean square), then projected to each head's keys and values. Features 2i and 2i + 1 of those turned are a pair.
    /// Masked steps are not attended to. Keras has no such layer; the weights have the names that Hugging Face's files give
    /// them.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="other">The second input.</param>
    /// <param name="numHeads">Heads, at least 1.</param>
    /// <param name="latentDim">The length of the latent, at least 1.</param>
    /// <param name="headDim">The length of the part of each head's queries and keys that is not turned, at least 1.</param>
    /// <param name="rotaryDim">The length of the part that is turned, an even number, at least 2.</param>
    /// <param name="valueDim">The length of each head's values, at least 1.</param>
    /// <param name="epsilon">Added to the mean square of the latent, at least 0. Default 1e-6.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="maxWavelength">The base of the wavelengths, above 0. Default 10000.</param>
    /// <param name="rotaryScaling">How positions are stretched over longer sequences; null for not at all, the default.</param>
    /// <param name="scale">What scores are multiplied with, above 0; null for 1 over the root of the length of a head's queries, the
    /// default.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="useCausalMask">Whether a step sees no later one. Default true.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor LatentAttention(
        this SymbolicTensor input,
        SymbolicTensor other,
        int numHeads,
        int latentDim,
        int headDim,
        int rotaryDim,
        int valueDim,
        double epsilon = 1e-06,
        Initializer? kernelInitializer = null,
        double maxWavelength = 10000,
        RotaryScaling? rotaryScaling = null,
        double? scale = null,
        double dropout = 0,
        bool useCausalMask = true,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new LatentAttention(numHeads, latentDim, headDim, rotaryDim, valueDim);
        var made = defaults with
        {
            Epsilon = epsilon,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            MaxWavelength = maxWavelength,
            RotaryScaling = rotaryScaling,
            Scale = scale,
            Dropout = dropout,
            UseCausalMask = useCausalMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, other);
    }

    /// <summary>Several gated feed-forward networks, of which a router sends each step through a few: the sum of their outputs, each times
    /// how much the router wants it. Shazeer et al., 2017, https://arxiv.org/abs/1701.06538; Mixtral, https://arxiv.org/abs/2401.04088.
    /// Adds the layer <see cref="Models.MixtureOfExperts"/>.</summary>
    /// <remarks>Input (batch, ..., features), output of the same shape. The router's softmax (or sigmoid) over all experts, in single
    /// precision or better, gives a step's weights; the topK largest count. An expert is output(activation(gate(x)) * intermediate(x)).
    /// Which experts a step goes through has no gradient; how much each counts has. Keras has no such layer.</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numExperts">Experts, at least 1.</param>
    /// <param name="topK">How many of them each step goes through, from 1 to <see cref="Models.MixtureOfExperts.NumExperts" />.</param>
    /// <param name="intermediateDim">The length of the vectors between an expert's projections, at least 1.</param>
    /// <param name="activation">The function of the gates. Default SiLU.</param>
    /// <param name="normalizeTopK">Whether the weights of the experts that a step goes through are divided by their sum, as in Mixtral.
    /// Default true.</param>
    /// <param name="score">How the router's products become weights. Default softmax.</param>
    /// <param name="numGroups">Into how many groups of equally many the experts are divided, at least 1. Default 1. DeepSeek-V2,
    /// https://arxiv.org/abs/2405.04434.</param>
    /// <param name="topKGroups">In how many groups a step's experts are sought, at least 1: those whose best expert, or with
    /// <see cref="Models.MixtureOfExperts.UseCorrectionBias" /> whose two best together, have the largest weights. Default 1.</param>
    /// <param name="routedScalingFactor">What the weights are multiplied with, above 0. Default 1.</param>
    /// <param name="useRouterBias">Whether the router's product has a bias. Default false.</param>
    /// <param name="useCorrectionBias">Whether a number for each expert is added to its weight while the experts are chosen, not to how
    /// much they count. It has no gradient. Default false. DeepSeek-V3, https://arxiv.org/abs/2412.19437.</param>
    /// <param name="useBias">Whether the experts' projections have biases. Default false.</param>
    /// <param name="gateLimit">The gate of gpt-oss: with g = min(gate(x), limit) and i = intermediate(x) kept within +-limit an expert is
    /// output((i + 1) * g * sigmoid(1.702 g)), whatever <see cref="Models.MixtureOfExperts.Activation" />; above 0; null for the usual
    /// gate, the default.</param>
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
        ExpertScore score = ExpertScore.Softmax,
        int numGroups = 1,
        int topKGroups = 1,
        double routedScalingFactor = 1,
        bool useRouterBias = false,
        bool useCorrectionBias = false,
        bool useBias = false,
        double? gateLimit = null,
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
            Score = score,
            NumGroups = numGroups,
            TopKGroups = topKGroups,
            RoutedScalingFactor = routedScalingFactor,
            UseRouterBias = useRouterBias,
            UseCorrectionBias = useCorrectionBias,
            UseBias = useBias,
            GateLimit = gateLimit,
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

    /// <summary>Attention of a sequence to itself, as the decoders of Llama and its relatives have it: queries and keys are turned by
    /// their position, several heads of queries may share one of keys and values. Su et al., 2021, https://arxiv.org/abs/2104.09864;
    /// Ainslie et al., 2023, https://arxiv.org/abs/2305.13245. Adds the layer <see cref="Models.RotaryAttention"/>.</summary>
    /// <remarks>The projections are layers of their own. Inputs: query (batch, steps, query heads * head length), value and key (batch,
    /// steps, key heads * head length); or one input with queries, keys and values one after another. The heads may have an axis of their
    /// own. Output (batch, steps, query heads * head length). Features i and i + half of those turned are a pair. Masked steps are not
    /// attended to. Keras has no such layer.</remarks>
    /// <param name="query">The queries; without values and keys all three, one after another.</param>
    /// <param name="value">The values.</param>
    /// <param name="key">The keys.</param>
    /// <param name="headDim">The length of each head's queries, keys and values, at least 1.</param>
    /// <param name="numQueryHeads">Heads of queries, at least 1.</param>
    /// <param name="numKeyValueHeads">Heads of keys and values, at least 1, a divisor of
    /// <see cref="Models.RotaryAttention.NumQueryHeads" />.</param>
    /// <param name="rotaryDim">How many features of each head are turned, its first ones: an even number of at most the head's; 0 for
    /// none, null for all, the default.</param>
    /// <param name="slidingWindow">How far a step sees: itself and fewer than this many before it, at least 1; null for all, the default.
    /// Without a causal mask as many after it.</param>
    /// <param name="logitSoftCap">Squeezes scores into (-cap, cap) before masks and softmax: cap * tanh(score / cap); above 0; null for
    /// none, the default. Gemma 2, https://arxiv.org/abs/2408.00118.</param>
    /// <param name="useSinks">Whether each head learns a score that takes part in its softmax and has no value: an attention sink, as in
    /// gpt-oss. Default false. Xiao et al., 2023, https://arxiv.org/abs/2309.17453.</param>
    /// <param name="maxWavelength">The base of the wavelengths, above 0. Default 10000.</param>
    /// <param name="rotaryScaling">How positions are stretched over longer sequences; null for not at all, the default.</param>
    /// <param name="scale">What scores are multiplied with, above 0; null for 1 over the root of the length of a head's queries, the
    /// default.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="useCausalMask">Whether a step sees no later one. Default true.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RotaryAttention(
        this SymbolicTensor query,
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        SymbolicTensor? value = null,
        SymbolicTensor? key = null,
        int? rotaryDim = null,
        int? slidingWindow = null,
        double? logitSoftCap = null,
        bool useSinks = false,
        double maxWavelength = 10000,
        RotaryScaling? rotaryScaling = null,
        double? scale = null,
        double dropout = 0,
        bool useCausalMask = true,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RotaryAttention(headDim, numQueryHeads, numKeyValueHeads)
        {
            RotaryDim = rotaryDim,
            SlidingWindow = slidingWindow,
            LogitSoftCap = logitSoftCap,
            UseSinks = useSinks,
            MaxWavelength = maxWavelength,
            RotaryScaling = rotaryScaling,
            Scale = scale,
            Dropout = dropout,
            UseCausalMask = useCausalMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(query, made, value is null || key is null ? [] : [value, key]);
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
