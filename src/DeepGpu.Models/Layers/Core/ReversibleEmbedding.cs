using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>A learned vector for each whole number, and the way back: called as <see cref="Reversed"/>, it projects vectors on every
/// number, which are a language model's logits. Press and Wolf, 2016, https://arxiv.org/abs/1608.05859.</summary>
/// <remarks>Input (batch, ...) of numbers in 0..inputDim-1, output (batch, ..., outputDim); reversed: input (batch, ..., outputDim), output
/// (batch, ..., inputDim). Keras: https://keras.io/api/layers/core_layers/reversible_embedding/</remarks>
/// <example><code>
/// var words = new ReversibleEmbedding(1000, 64);
/// var vectors = numbers.Apply(words);
/// var logits = vectors.Apply(words.Reversed());
/// </code></example>
public sealed record ReversibleEmbedding : UnaryLayer
{
    /// <summary>Makes an embedding.</summary>
    /// <param name="inputDim">How many numbers there are, at least 1.</param>
    /// <param name="outputDim">The length of each vector, at least 1.</param>
    public ReversibleEmbedding(int inputDim, int outputDim) => (InputDim, OutputDim) = (inputDim, outputDim);

    /// <summary>How many numbers there are, at least 1.</summary>
    public int InputDim { get; init => field = Require.AtLeast(value, 1, nameof(ReversibleEmbedding), nameof(InputDim)); }

    /// <summary>The length of each vector, at least 1.</summary>
    public int OutputDim { get; init => field = Require.AtLeast(value, 1, nameof(ReversibleEmbedding), nameof(OutputDim)); }

    /// <summary>Whether the projection uses the vectors too; else it has a kernel, "reverse_embeddings". Default true.</summary>
    public bool TieWeights { get; init; } = true;

    /// <summary>How the vectors, and the projection's kernel if it has one, start. Default uniform in [-0.05, 0.05).</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>A penalty on the vectors; default none.</summary>
    public Regularizer? EmbeddingsRegularizer { get; init; }

    /// <summary>What the vectors are projected onto after each step; default nothing.</summary>
    public Constraint? EmbeddingsConstraint { get; init; }

    /// <summary>Whether 0 marks padding that later layers skip. Default false.</summary>
    public bool MaskZero { get; init; }

    /// <summary>The format the projection is computed in: Float16, BFloat16, Float32 or Float64; null for the layer's, the
    /// default.</summary>
    [JsonConverter(typeof(DataTypeNameConverter))]
    public DataType? ReverseDtype
    {
        get;
        init => field = value is null or DataType.Float16 or DataType.BFloat16 or DataType.Float32 or DataType.Float64 ? value
            : throw Require.OutOfRange(nameof(ReversibleEmbedding), nameof(ReverseDtype), "a floating-point format", value);
    }

    /// <summary>Squeezes the projection's logits into (-cap, cap): cap * tanh(logits / cap); above 0; null for none, the
    /// default.</summary>
    public double? LogitSoftCap
    {
        get; init => field = value is { } cap ? Require.Positive(cap, nameof(ReversibleEmbedding), nameof(LogitSoftCap)) : null;
    }

    /// <summary>Whether it projects vectors on numbers: Keras's argument reverse of the call. Set by <see cref="Reversed"/>.</summary>
    [JsonIgnore]
    public bool IsReversed => Origin is not null;

    internal override Layer Shared => Origin ?? this;

    private ReversibleEmbedding? Origin { get; init; }

    /// <summary>The same layer, with the same weights, called the other way: it projects vectors on numbers.</summary>
    public ReversibleEmbedding Reversed() => this with { Origin = Origin ?? this };

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!IsReversed) return new([.. input.Axes, OutputDim]);
        return input.Rank >= 2 && input[^1] == OutputDim
            ? input.With(^1, InputDim)
            : throw new ShapeException($"vectors of the length {OutputDim} of its own", "Bring them to that length with a Dense layer.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var vectors = WeightSpec.Of("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, EmbeddingsRegularizer,
            EmbeddingsConstraint);
        return TieWeights ? [vectors] : [vectors, new("reverse_embeddings", [OutputDim, InputDim], EmbeddingsInitializer)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (output, weights) = (OutputShape(inputs[0]), Weights(inputs[0]).Sum(weight => weight.Count));
        if (!IsReversed) return [Work.Of(name, OperationKind.Gather, inputs, [output]) with { WeightElements = weights }];
        var product = Work.Dense(name, OutputDim, inputs, output, useBias: false, Activation.Linear)[0];
        return
        [
            product with { WeightElements = weights, TrainableWeightElements = weights },
            .. Work.Function(name, LogitSoftCap is null ? Activation.Linear : Activation.Tanh, output),
        ];
    }

    internal override Layer CalledAs(Layer other) => other is ReversibleEmbedding { IsReversed: true } ? Reversed() : this;
}
