// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Core.</content>
public static partial class FluentLayers
{
    /// <summary>An activation as a layer of its own. Adds the layer <see cref="Models.ActivationLayer"/>.</summary>
    /// <remarks>Output shape = input shape (GLU halves the last axis). Keras:
    /// https://keras.io/api/layers/core_layers/activation/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="activation">The function.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Activate(
        this SymbolicTensor input,
        Activation activation,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new ActivationLayer(activation)
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A fully connected layer on the last axis: activation(input . kernel + bias). Adds the layer
    /// <see cref="Models.Dense"/>.</summary>
    /// <remarks>Input (batch, ..., features), output (batch, ..., units). Keras: https://keras.io/api/layers/core_layers/dense/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="units">The length of the output's last axis, at least 1.</param>
    /// <param name="activation">The function after the layer. Default linear.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="quantization">How the kernel is kept in few bits; null keeps it as it is, the default. Set by <c>Quantize</c>.</param>
    /// <param name="loraRank">The rank of two trained matrices A and B: the kernel is frozen, and kernel + alpha / rank * (A . B) takes
    /// its place; null for none.</param>
    /// <param name="loraAlpha">How much the product of A and B counts; null for as much as <see cref="Models.AdaptableLayer.LoraRank" />:
    /// a factor of 1.</param>
    /// <param name="loraOnly">Whether A and B alone are trained, not the bias either. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Dense(
        this SymbolicTensor input,
        int units,
        Activation activation = Activation.Linear,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Quantization? quantization = null,
        int? loraRank = null,
        double? loraAlpha = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Dense(units, activation);
        var made = defaults with
        {
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Quantization = quantization,
            LoraRank = loraRank,
            LoraAlpha = loraAlpha,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A dense layer by Einstein summation: activation(einsum(equation, input, kernel) + bias). Adds the layer
    /// <see cref="Models.EinsumDense"/>.</summary>
    /// <remarks>E.g. equation "abc,cd-&gt;abd". An ellipsis stands for leading axes. Keras:
    /// https://keras.io/api/layers/core_layers/einsum_dense/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="equation">The summation: input, kernel -&gt; output, the batch included.</param>
    /// <param name="outputAxes">The output's axes without the batch; null where the input decides.</param>
    /// <param name="biasAxes">The letters of output axes that have a bias, e.g. "d"; null for no bias. Default null.</param>
    /// <param name="activation">The function after the layer. Default linear.</param>
    /// <param name="useBias">Whether a bias is added. Default true.</param>
    /// <param name="kernelInitializer">How the kernel starts. Default Glorot uniform.</param>
    /// <param name="biasInitializer">How the bias starts. Default zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; default none.</param>
    /// <param name="biasRegularizer">A penalty on the bias; default none.</param>
    /// <param name="kernelConstraint">What the kernel is projected onto after each step; default nothing.</param>
    /// <param name="biasConstraint">What the bias is projected onto after each step; default nothing.</param>
    /// <param name="quantization">How the kernel is kept in few bits; null keeps it as it is, the default. Set by <c>Quantize</c>.</param>
    /// <param name="loraRank">The rank of two trained matrices A and B: the kernel is frozen, and kernel + alpha / rank * (A . B) takes
    /// its place; null for none.</param>
    /// <param name="loraAlpha">How much the product of A and B counts; null for as much as <see cref="Models.AdaptableLayer.LoraRank" />:
    /// a factor of 1.</param>
    /// <param name="loraOnly">Whether A and B alone are trained, not the bias either. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor EinsumDense(
        this SymbolicTensor input,
        string equation,
        ImmutableArray<int?> outputAxes,
        string? biasAxes = null,
        Activation activation = Activation.Linear,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Quantization? quantization = null,
        int? loraRank = null,
        double? loraAlpha = null,
        bool loraOnly = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new EinsumDense(equation, outputAxes);
        var made = defaults with
        {
            BiasAxes = biasAxes,
            Activation = activation,
            UseBias = useBias,
            KernelInitializer = kernelInitializer ?? defaults.KernelInitializer,
            BiasInitializer = biasInitializer ?? defaults.BiasInitializer,
            KernelRegularizer = kernelRegularizer,
            BiasRegularizer = biasRegularizer,
            KernelConstraint = kernelConstraint,
            BiasConstraint = biasConstraint,
            Quantization = quantization,
            LoraRank = loraRank,
            LoraAlpha = loraAlpha,
            LoraOnly = loraOnly,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A learned vector for each whole number. Adds the layer <see cref="Models.Embedding"/>.</summary>
    /// <remarks>Input (batch, ...) of numbers in 0..inputDim-1, output (batch, ..., outputDim). Keras:
    /// https://keras.io/api/layers/core_layers/embedding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="inputDim">How many numbers there are, at least 1.</param>
    /// <param name="outputDim">The length of each vector, at least 1.</param>
    /// <param name="maskZero">Whether 0 marks padding that later layers skip. Default false.</param>
    /// <param name="embeddingsInitializer">How the vectors start. Default uniform in [-0.05, 0.05).</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors; default none.</param>
    /// <param name="embeddingsConstraint">What the vectors are projected onto after each step; default nothing.</param>
    /// <param name="quantization">How the vectors are kept in few bits; null keeps them as they are, the default. Set by
    /// <see cref="Models.Embedding.Quantize" />.</param>
    /// <param name="loraRank">The rank of two trained matrices A and B: the vectors are frozen, and vectors + alpha / rank * (A . B) takes
    /// its place; null for none.</param>
    /// <param name="loraAlpha">How much the product of A and B counts; null for as much as <see cref="Models.Embedding.LoraRank" />: a
    /// factor of 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Embedding(
        this SymbolicTensor input,
        int inputDim,
        int outputDim,
        bool maskZero = false,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        Quantization? quantization = null,
        int? loraRank = null,
        double? loraAlpha = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Embedding(inputDim, outputDim);
        var made = defaults with
        {
            MaskZero = maskZero,
            EmbeddingsInitializer = embeddingsInitializer ?? defaults.EmbeddingsInitializer,
            EmbeddingsRegularizer = embeddingsRegularizer,
            EmbeddingsConstraint = embeddingsConstraint,
            Quantization = quantization,
            LoraRank = loraRank,
            LoraAlpha = loraAlpha,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Passes its input on unchanged. Adds the layer <see cref="Models.IdentityLayer"/>.</summary>
    /// <remarks>Keras: https://keras.io/api/layers/core_layers/identity/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Identity(
        this SymbolicTensor input,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new IdentityLayer()
        {
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Marks the time steps whose features all equal a value as padding that later layers skip, and sets them to 0. Adds the
    /// layer <see cref="Models.Masking"/>.</summary>
    /// <remarks>Input and output (batch, time, features). Keras: https://keras.io/api/layers/core_layers/masking/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="maskValue">The value that marks padding, finite. Default 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Masking(
        this SymbolicTensor input,
        double maskValue = 0,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Masking()
        {
            MaskValue = maskValue,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>A learned vector for each whole number, and the way back: called as <see cref="Models.ReversibleEmbedding.Reversed" />, it
    /// projects vectors on every number, which are a language model's logits. Press and Wolf, 2016, https://arxiv.org/abs/1608.05859. Adds
    /// the layer <see cref="Models.ReversibleEmbedding"/>.</summary>
    /// <remarks>Input (batch, ...) of numbers in 0..inputDim-1, output (batch, ..., outputDim); reversed: input (batch, ..., outputDim),
    /// output (batch, ..., inputDim). Keras: https://keras.io/api/layers/core_layers/reversible_embedding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="inputDim">How many numbers there are, at least 1.</param>
    /// <param name="outputDim">The length of each vector, at least 1.</param>
    /// <param name="tieWeights">Whether the projection uses the vectors too; else it has a kernel, "reverse_embeddings". Default
    /// true.</param>
    /// <param name="embeddingsInitializer">How the vectors, and the projection's kernel if it has one, start. Default uniform in [-0.05,
    /// 0.05).</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors; default none.</param>
    /// <param name="embeddingsConstraint">What the vectors are projected onto after each step; default nothing.</param>
    /// <param name="maskZero">Whether 0 marks padding that later layers skip. Default false.</param>
    /// <param name="reverseDtype">The format the projection is computed in: Float16, BFloat16, Float32 or Float64; null for the layer's,
    /// the default.</param>
    /// <param name="logitSoftCap">Squeezes the projection's logits into (-cap, cap): cap * tanh(logits / cap); above 0; null for none, the
    /// default.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor ReversibleEmbedding(
        this SymbolicTensor input,
        int inputDim,
        int outputDim,
        bool tieWeights = true,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        DataType? reverseDtype = null,
        double? logitSoftCap = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new ReversibleEmbedding(inputDim, outputDim);
        var made = defaults with
        {
            TieWeights = tieWeights,
            EmbeddingsInitializer = embeddingsInitializer ?? defaults.EmbeddingsInitializer,
            EmbeddingsRegularizer = embeddingsRegularizer,
            EmbeddingsConstraint = embeddingsConstraint,
            MaskZero = maskZero,
            ReverseDtype = reverseDtype,
            LogitSoftCap = logitSoftCap,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
