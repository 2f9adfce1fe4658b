using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>The sum of a learned vector for each word and one for each position.</summary>
/// <remarks>Input (batch, steps) of numbers in 0..vocabularySize-1 with at most sequenceLength steps, output (batch, steps, embeddingDim).
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/token_and_position_embedding/</remarks>
public sealed record TokenAndPositionEmbedding : UnaryLayer
{
    /// <summary>The names of the two tables.</summary>
    internal const string TokenName = "token_embedding", PositionName = "position_embedding";

    /// <summary>Makes the layer.</summary>
    /// <param name="vocabularySize">How many words there are, at least 1.</param>
    /// <param name="sequenceLength">The most steps of an input, at least 1.</param>
    /// <param name="embeddingDim">The length of each vector, at least 1.</param>
    public TokenAndPositionEmbedding(int vocabularySize, int sequenceLength, int embeddingDim)
        => (VocabularySize, SequenceLength, EmbeddingDim) = (vocabularySize, sequenceLength, embeddingDim);

    /// <summary>How many words there are, at least 1.</summary>
    public int VocabularySize
    {
        get; init => field = Require.AtLeast(value, 1, nameof(TokenAndPositionEmbedding), nameof(VocabularySize));
    }

    /// <summary>The most steps of an input, at least 1.</summary>
    public int SequenceLength
    {
        get; init => field = Require.AtLeast(value, 1, nameof(TokenAndPositionEmbedding), nameof(SequenceLength));
    }

    /// <summary>The length of each vector, at least 1.</summary>
    public int EmbeddingDim
    {
        get; init => field = Require.AtLeast(value, 1, nameof(TokenAndPositionEmbedding), nameof(EmbeddingDim));
    }

    /// <summary>Whether the words' table has no second one, "reverse_embeddings", for a projection. Default true.</summary>
    public bool TieWeights { get; init; } = true;

    /// <summary>How the vectors start. Default uniform in [-0.05, 0.05).</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>Whether 0 marks padding that later layers skip. Default false.</summary>
    public bool MaskZero { get; init; }

    internal override string Module => KerasModules.Hub;

    /// <summary>The words' table.</summary>
    internal ReversibleEmbedding Token => new(VocabularySize, EmbeddingDim)
    {
        TieWeights = TieWeights,
        EmbeddingsInitializer = EmbeddingsInitializer,
        MaskZero = MaskZero,
    };

    /// <summary>The positions' table.</summary>
    internal PositionEmbedding Position => new(SequenceLength) { Initializer = EmbeddingsInitializer };

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Position.OutputShape(Token.OutputShape(input));

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) =>
    [
        .. Token.Weights(input).Select(weight => weight.Inside(TokenName)),
        .. Position.Weights(Token.OutputShape(input)).Select(weight => weight.Inside(PositionName)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var vectors = OutputShape(inputs[0]);
        return
        [
            .. Token.Operations(name, inputs),
            .. Position.Operations(name, [vectors]),
            Work.Sum(name, [vectors, vectors], vectors),
        ];
    }
}
