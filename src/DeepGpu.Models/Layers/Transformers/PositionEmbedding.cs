using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>A learned vector for each position. It is added to the vectors by an <see cref="Add"/>. Devlin et al., 2019,
/// https://arxiv.org/abs/1810.04805.</summary>
/// <remarks>Input (batch, ..., steps, features), of which only the shape counts, with at most sequenceLength steps; output of the same
/// shape. A mask ends here. KerasHub: https://keras.io/keras_hub/api/modeling_layers/position_embedding/</remarks>
public sealed record PositionEmbedding : UnaryLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="sequenceLength">The most steps of an input, at least 1.</param>
    public PositionEmbedding(int sequenceLength) => SequenceLength = sequenceLength;

    /// <summary>The most steps of an input, at least 1.</summary>
    public int SequenceLength { get; init => field = Require.AtLeast(value, 1, nameof(PositionEmbedding), nameof(SequenceLength)); }

    /// <summary>How the vectors start. Default Glorot uniform.</summary>
    public Initializer Initializer { get; init; } = Initializer.GlorotUniform;

    internal override string Module => KerasModules.Hub;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Features(input);
        return input[^2] is { } steps && steps > SequenceLength
            ? throw new ShapeException($"at most {SequenceLength} steps, not {steps}", "Shorten the input, or make the table longer.")
            : input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [new("embeddings", [SequenceLength, Features(input)], Initializer)];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var weights = Weights(inputs[0])[0].Count;
        return [Work.Of(name, OperationKind.Gather, [], [OutputShape(inputs[0])]) with { WeightElements = weights }];
    }

    /// <summary>The number of features of a sequence.</summary>
    /// <exception cref="ShapeException">The input is none, or the number is open.</exception>
    internal static int Features(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Rank >= 3 && input[^1] is { } features
            ? features
            : throw new ShapeException("vectors (batch, ..., steps, features) of a known length", "Embed the numbers first.");
    }
}
