// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Attention.</content>
public static partial class FluentLayers
{
    /// <summary>Additive attention: softmax(sum of scale * tanh(query + key)) . value. Bahdanau et al., 2014. Adds the layer
    /// <see cref="Models.AdditiveAttention"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/attention_layers/additive_attention/</remarks>
    /// <param name="query">The input that asks.</param>
    /// <param name="value">The values attended to.</param>
    /// <param name="key">The keys; null for the values.</param>
    /// <param name="useScale">Whether a learned factor for each feature weighs the sum. Default true.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="returnAttentionScores">Whether the scores are yielded as a second output. Default false; in Keras an argument of the
    /// call.</param>
    /// <param name="useCausalMask">Whether a query sees no later value. Default false; in Keras an argument of the call.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AdditiveAttention(
        this SymbolicTensor query,
        SymbolicTensor value,
        SymbolicTensor? key = null,
        bool useScale = true,
        double dropout = 0,
        bool returnAttentionScores = false,
        bool useCausalMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new AdditiveAttention()
        {
            UseScale = useScale,
            Dropout = dropout,
            ReturnAttentionScores = returnAttentionScores,
            UseCausalMask = useCausalMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(query, made, key is null ? [value] : [value, key]);
    }

    /// <summary>Dot-product attention without projections: softmax(query . key) . value. Adds the layer
    /// <see cref="Models.Attention"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/attention_layers/attention/</remarks>
    /// <param name="query">The input that asks.</param>
    /// <param name="value">The values attended to.</param>
    /// <param name="key">The keys; null for the values.</param>
    /// <param name="useScale">Whether a learned factor scales the scores. Default false.</param>
    /// <param name="scoreMode">How scores are computed. Default the dot product.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="returnAttentionScores">Whether the scores are yielded as a second output. Default false; in Keras an argument of the
    /// call.</param>
    /// <param name="useCausalMask">Whether a query sees no later value. Default false; in Keras an argument of the call.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Attention(
        this SymbolicTensor query,
        SymbolicTensor value,
        SymbolicTensor? key = null,
        bool useScale = false,
        AttentionScore scoreMode = AttentionScore.Dot,
        double dropout = 0,
        bool returnAttentionScores = false,
        bool useCausalMask = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Attention()
        {
            UseScale = useScale,
            ScoreMode = scoreMode,
            Dropout = dropout,
            ReturnAttentionScores = returnAttentionScores,
            UseCausalMask = useCausalMask,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(query, made, key is null ? [value] : [value, key]);
    }

    /// <summary>Attention in which several heads of queries share one head of keys and values. Ainslie et al., 2023,
    /// https://arxiv.org/abs/2305.13245. Adds the layer <see cref="Models.GroupedQueryAttention"/>.</summary>
    /// <remarks>Query (batch, queries, dim), value (batch, values, dim) and optionally key (batch, values, dim); output (batch, queries,
    /// query dim), then, with <see cref="Models.ProjectedAttention.ReturnAttentionScores" />, (batch, query heads, queries, values). One
    /// head of keys and values is multi-query attention; as many as of queries is <see cref="Models.MultiHeadAttention" />. Keras calls it
    /// GroupQueryAttention: https://keras.io/api/layers/attention_layers/group_query_attention/</remarks>
    /// <param name="query">The input that asks.</param>
    /// <param name="value">The values attended to; null for the input itself.</param>
    /// <param name="key">The keys; null for the values.</param>
    /// <param name="headDim">The length of each head's queries, keys and values, at least 1.</param>
    /// <param name="numQueryHeads">Heads of queries, at least 1.</param>
    /// <param name="numKeyValueHeads">Heads of keys and values, at least 1, a divisor of
    /// <see cref="Models.GroupedQueryAttention.NumQueryHeads" />.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="useBias">Whether the projections have biases. Default true.</param>
    /// <param name="slidingWindow">How far a query sees: keys fewer than this many positions before or after its own, at least 1; null for
    /// all, the default. With <see cref="Models.ProjectedAttention.UseCausalMask" /> only those before and its own. Beltagy et al., 2020,
    /// https://arxiv.org/abs/2004.05150.</param>
    /// <param name="useGate">Whether each head's output is multiplied with the sigmoid of a projection of the query. Default
    /// false.</param>
    /// <param name="returnAttentionScores">Whether the scores are yielded as a second output. Default false; in Keras an argument of the
    /// call.</param>
    /// <param name="useCausalMask">Whether a query sees no later value. Default false; in Keras an argument of the call.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the biases start. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernels; default none.</param>
    /// <param name="biasRegularizer">A penalty on the biases; default none.</param>
    /// <param name="kernelConstraint">What the kernels are projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the biases are projected onto after each step; default nothing.</param>
    /// <param name="logitSoftCap">Squeezes scores into (-cap, cap) before masks and softmax: cap * tanh(score / cap); above 0; null for
    /// none, the default. Keras has no such option: files hold it only where it is set. Gemma 2, https://arxiv.org/abs/2408.00118.</param>
    /// <param name="loraAdapters">Low-rank matrices trained beside frozen kernels, named by the projections; null for none, the default.
    /// Set by <c>EnableLora</c>.</param>
    /// <param name="loraOnly">Whether those matrices alone are trained, no other kernel or bias. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor GroupedQueryAttention(
        this SymbolicTensor query,
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        SymbolicTensor? value = null,
        SymbolicTensor? key = null,
        double dropout = 0,
        bool useBias = true,
        int? slidingWindow = null,
        bool useGate = false,
        bool returnAttentionScores = false,
        bool useCausalMask = false,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        double? logitSoftCap = null,
        ImmutableArray<LoraAdapter>? loraAdapters = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new GroupedQueryAttention(headDim, numQueryHeads, numKeyValueHeads);
        var made = defaults with
        {
            Dropout = dropout,
            UseBias = useBias,
            SlidingWindow = slidingWindow,
            UseGate = useGate,
            ReturnAttentionScores = returnAttentionScores,
            UseCausalMask = useCausalMask,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            LogitSoftCap = logitSoftCap,
            LoraAdapters = loraAdapters,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(query, made, key is null ? [value ?? query] : [value ?? query, key]);
    }

    /// <summary>Scaled dot-product attention in several heads, each with projections of its own. Vaswani et al., 2017. Adds the layer
    /// <see cref="Models.MultiHeadAttention"/>.</summary>
    /// <remarks>Query (batch, ..., dim), value (batch, ..., dim) and optionally key; output (batch, ..., query dim) unless another is
    /// asked for. Keras: https://keras.io/api/layers/attention_layers/multi_head_attention/</remarks>
    /// <param name="query">The input that asks.</param>
    /// <param name="value">The values attended to; null for the input itself.</param>
    /// <param name="key">The keys; null for the values.</param>
    /// <param name="numHeads">Heads, at least 1.</param>
    /// <param name="keyDim">The length of each head's queries and keys, at least 1.</param>
    /// <param name="valueDim">The length of each head's values; null for that of the keys.</param>
    /// <param name="outputShape">The output's last axes, each at least 1; null for the query's last axis.</param>
    /// <param name="attentionAxes">The axes attended over, the batch being 0; null for all but the batch and the last.</param>
    /// <param name="dropout">The share of scores set to 0 while training, in [0, 1). Default 0.</param>
    /// <param name="useBias">Whether the projections have biases. Default true.</param>
    /// <param name="slidingWindow">How far a query sees: keys fewer than this many positions before or after its own, at least 1; null for
    /// all, the default. With <see cref="Models.ProjectedAttention.UseCausalMask" /> only those before and its own. Beltagy et al., 2020,
    /// https://arxiv.org/abs/2004.05150.</param>
    /// <param name="useGate">Whether each head's output is multiplied with the sigmoid of a projection of the query. Default
    /// false.</param>
    /// <param name="returnAttentionScores">Whether the scores are yielded as a second output. Default false; in Keras an argument of the
    /// call.</param>
    /// <param name="useCausalMask">Whether a query sees no later value. Default false; in Keras an argument of the call.</param>
    /// <param name="kernelInitializer">How the kernels start. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the biases start. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernels; default none.</param>
    /// <param name="biasRegularizer">A penalty on the biases; default none.</param>
    /// <param name="kernelConstraint">What the kernels are projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the biases are projected onto after each step; default nothing.</param>
    /// <param name="logitSoftCap">Squeezes scores into (-cap, cap) before masks and softmax: cap * tanh(score / cap); above 0; null for
    /// none, the default. Keras has no such option: files hold it only where it is set. Gemma 2, https://arxiv.org/abs/2408.00118.</param>
    /// <param name="loraAdapters">Low-rank matrices trained beside frozen kernels, named by the projections; null for none, the default.
    /// Set by <c>EnableLora</c>.</param>
    /// <param name="loraOnly">Whether those matrices alone are trained, no other kernel or bias. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MultiHeadAttention(
        this SymbolicTensor query,
        int numHeads,
        int keyDim,
        SymbolicTensor? value = null,
        SymbolicTensor? key = null,
        int? valueDim = null,
        ImmutableArray<int>? outputShape = null,
        ImmutableArray<int>? attentionAxes = null,
        double dropout = 0,
        bool useBias = true,
        int? slidingWindow = null,
        bool useGate = false,
        bool returnAttentionScores = false,
        bool useCausalMask = false,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        double? logitSoftCap = null,
        ImmutableArray<LoraAdapter>? loraAdapters = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new MultiHeadAttention(numHeads, keyDim);
        var made = defaults with
        {
            ValueDim = valueDim,
            OutputShape = outputShape,
            AttentionAxes = attentionAxes,
            Dropout = dropout,
            UseBias = useBias,
            SlidingWindow = slidingWindow,
            UseGate = useGate,
            ReturnAttentionScores = returnAttentionScores,
            UseCausalMask = useCausalMask,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            LogitSoftCap = logitSoftCap,
            LoraAdapters = loraAdapters,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(query, made, key is null ? [value ?? query] : [value ?? query, key]);
    }
}
