using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>(x - mean) / sqrt(variance), both learned from data beforehand or given.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/preprocessing_layers/numerical/normalization/</remarks>
public sealed record Normalization : UnaryLayer
{
    /// <summary>The axis that keeps a mean and variance for each position; null for one of all. Default the last.</summary>
    public int? Axis { get; init; } = -1;

    /// <summary>The mean; null where it is learned from data, and then a weight.</summary>
    public ImmutableArray<double>? Mean { get; init; }

    /// <summary>The variance; null where it is learned from data, and then a weight.</summary>
    public ImmutableArray<double>? Variance { get; init; }

    /// <summary>Whether the layer undoes the normalisation instead. Default false.</summary>
    public bool Invert { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Length(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        if (Mean is not null) return [];
        ImmutableArray<int> shape = Length(input) is { } n ? [n] : [];
        return [new("mean", shape, Initializer.Zeros, false), new("variance", shape, Initializer.Ones, false), new("count", [], Initializer.Zeros, false)];
    }

    private int? Length(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Axis is not { } axis ? null : input[Axes.Resolve(axis, input.Rank)] ?? throw new ShapeException($"a known length on axis {axis}", "Give the model's input a full shape.");
    }
}
