namespace DeepGpu.Models;

/// <summary>A learned vector for each whole number.</summary>
/// <remarks>Input (batch, ...) of numbers in 0..inputDim-1, output (batch, ..., outputDim).
/// Keras: https://keras.io/api/layers/core_layers/embedding/</remarks>
public sealed record Embedding : UnaryLayer
{
    /// <summary>Makes an embedding.</summary>
    /// <param name="inputDim">How many numbers there are, at least 1.</param>
    /// <param name="outputDim">The length of each vector, at least 1.</param>
    public Embedding(int inputDim, int outputDim) => (InputDim, OutputDim) = (inputDim, outputDim);

    /// <summary>How many numbers there are, at least 1.</summary>
    public int InputDim { get; init => field = Require.AtLeast(value, 1, nameof(Embedding), nameof(InputDim)); }

    /// <summary>The length of each vector, at least 1.</summary>
    public int OutputDim { get; init => field = Require.AtLeast(value, 1, nameof(Embedding), nameof(OutputDim)); }

    /// <summary>Whether 0 marks padding that later layers skip. Default false.</summary>
    public bool MaskZero { get; init; }

    /// <summary>How the vectors start. Default uniform in [-0.05, 0.05).</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>A penalty on the vectors; default none.</summary>
    public Regularizer? EmbeddingsRegularizer { get; init; }

    /// <summary>What the vectors are projected onto after each step; default nothing.</summary>
    public Constraint? EmbeddingsConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new([.. input.Axes, OutputDim]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [new("embeddings", [InputDim, OutputDim], EmbeddingsInitializer) { Regularizer = EmbeddingsRegularizer, Constraint = EmbeddingsConstraint }];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Of(name, OperationKind.Gather, inputs, OutputShapes(inputs)) with { WeightElements = (long)InputDim * OutputDim }];
}
