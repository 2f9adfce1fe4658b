using System.Collections.Immutable;
using DeepGpu.Models.Values;

namespace DeepGpu.Models.Layers;

/// <summary>Mean and variance of values that come in parts (Welford, 1962), one of each for every position along an axis.</summary>
internal sealed class RunningMoments
{
    private double[] _counts = [];
    private double[] _means = [];
    private double[] _squares = [];

    public ImmutableArray<double> Mean
        => _counts.Length > 0 && _counts[0] > 0
            ? [.. _means]
            : throw Require.OutOfRange(nameof(Normalization), "batches", "at least one value", "none");

    public ImmutableArray<double> Variance => [.. _squares.Zip(_counts, (square, count) => square / count)];

    /// <summary>Adds an array.</summary>
    public void Add(NDArray batch, int? axis)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var at = axis is { } given ? Axes.Resolve(given, batch.Rank) : 0;
        var length = axis is null ? 1 : batch.Shape[at];
        if (_counts.Length == 0) (_counts, _means, _squares) = (new double[length], new double[length], new double[length]);
        if (_counts.Length != length)
            throw Require.OutOfRange(nameof(Normalization), nameof(batch), $"of length {_counts.Length} along axis {axis}", length);
        var inner = axis is null ? 1 : batch.Shape.Skip(at + 1).Aggregate(1, (a, b) => a * b);
        var values = ElementNumbers.Of(batch);
        for (var i = 0; i < values.Length; i++) Add(values[i], i / inner % length);
    }

    private void Add(double value, int position)
    {
        var distance = value - _means[position];
        _means[position] += distance / ++_counts[position];
        _squares[position] += distance * (value - _means[position]);
    }
}
