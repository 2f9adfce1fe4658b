using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>(x - mean) / sqrt(variance), both learned from data beforehand or given.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/preprocessing_layers/numerical/normalization/</remarks>
public sealed record Normalization : UnaryLayer
{
    private readonly ValueList<double> _mean;
    private readonly ValueList<double> _variance;

    /// <summary>The axis that keeps a mean and variance for each position; null for one of all. Default the last.</summary>
    public int? Axis { get; init; } = -1;

    /// <summary>The mean, one number or one a position; null where it is learned from data, and then a weight.</summary>
    public ImmutableArray<double>? Mean { get => _mean.Elements; init => _mean = new(value); }

    /// <summary>The variance, one number or one a position; null where it is learned from data, and then a weight.</summary>
    public ImmutableArray<double>? Variance { get => _variance.Elements; init => _variance = new(value); }

    /// <summary>Whether the layer undoes the normalisation instead. Default false.</summary>
    public bool Invert { get; init; }

    /// <summary>The layer with the mean and variance (of the whole, not of a sample) of some data.</summary>
    /// <param name="batches">The data, in one array or several: (samples, ...) as the layer will see it, of any number type.</param>
    /// <exception cref="DeepGpuArgumentException">There is no value, or the arrays have different lengths along the axis.</exception>
    public Normalization Adapt(params IEnumerable<NDArray> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var moments = new RunningMoments();
        foreach (var batch in batches) moments.Add(batch, Axis);
        return this with { Mean = moments.Mean, Variance = moments.Variance };
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var length = Length(input);
        if (Mean.HasValue != Variance.HasValue)
            throw new ShapeException("both a mean and a variance, or neither", "Give both, or leave both to be learned.");
        var fits = new[] { Mean, Variance }.All(given => given is not { } numbers || numbers.Length == 1 || numbers.Length == length);
        return fits
            ? input
            : throw new ShapeException($"one mean and one variance, or {length} of each", "Give a number for each position of the axis.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        if (Mean is not null) return [];
        ImmutableArray<int> shape = Length(input) is { } n ? [n] : [];
        return [new("mean", shape, Initializer.Zeros, false), new("variance", shape, Initializer.Ones, false),
            new("count", [], Initializer.Zeros, false)];
    }

    private int? Length(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Axis is not { } axis
            ? null
            : input[Axes.Resolve(axis, input.Rank)]
                ?? throw new ShapeException($"a known length on axis {axis}", "Give the model's input a full shape.");
    }
}
