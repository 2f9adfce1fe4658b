using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>Numbers as the ranges they lie in: below the first boundary is 0, from it on 1, and so on.</summary>
/// <remarks>Input (batch, ...), output of the same shape, or rows; see <see cref="Models.OutputMode"/>.
/// Keras: https://keras.io/api/layers/preprocessing_layers/numerical/discretization/</remarks>
public sealed record Discretization : CategoryLayer
{
    private readonly ValueList<double> _binBoundaries;

    /// <summary>The boundaries in rising order; null until <see cref="Adapt"/> finds them.</summary>
    public ImmutableArray<double>? BinBoundaries { get => _binBoundaries.Elements; init => _binBoundaries = new(Rising(value)); }

    /// <summary>How many ranges <see cref="Adapt"/> makes, at least 1; null where the boundaries are given.</summary>
    public int? NumBins
    {
        get;
        init => field = value is { } bins ? Require.AtLeast(bins, 1, nameof(Discretization), nameof(NumBins)) : null;
    }

    /// <summary>How exact quantiles are found, above 0 and below 1. Default 0.01.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Discretization), nameof(Epsilon)); } = 0.01;

    /// <summary>How ranges are written. Default as their numbers.</summary>
    public OutputMode OutputMode { get; init => field = Known(value, nameof(Discretization)); }

    /// <summary>The layer with boundaries that part data into ranges of equal numbers of values, found as Keras finds them.</summary>
    /// <param name="batches">The data, in one array or several of any shape and number type.</param>
    /// <exception cref="DeepGpuArgumentException"><see cref="NumBins"/> is null, or there is no value.</exception>
    public Discretization Adapt(params IEnumerable<NDArray> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (NumBins is not { } bins)
            throw Require.OutOfRange(nameof(Discretization), nameof(NumBins), "given, for boundaries to be found", "null");
        var summary = batches.Aggregate(QuantileSummary.Empty, (sum, batch) => QuantileSummary.Of(batch, Epsilon).MergedWith(sum, Epsilon));
        if (summary.IsEmpty) throw Require.OutOfRange(nameof(Discretization), nameof(batches), "at least one value", "none");
        return this with { BinBoundaries = [.. summary.Boundaries(bins)] };
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => BinBoundaries is { } boundaries
            ? Encoded(input, OutputMode, boundaries.Length + 1)
            : throw new ShapeException("boundaries, given or found", "Set BinBoundaries, or call Adapt.");

    private static ImmutableArray<double>? Rising(ImmutableArray<double>? boundaries)
    {
        if (boundaries is not { } given || given.Zip(given.Skip(1)).All(pair => pair.First <= pair.Second) && !given.Any(double.IsNaN))
            return boundaries;
        throw Require.OutOfRange(nameof(Discretization), nameof(BinBoundaries), "in rising order", string.Join(", ", given));
    }
}
