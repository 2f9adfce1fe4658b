using System.Collections.Immutable;
using System.Globalization;

namespace DeepGpu.Models;

/// <summary>While training, sets a share of the elements to 0 and scales the rest by 1 / (1 - rate). Srivastava et al., 2014.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/regularization_layers/dropout/</remarks>
public sealed record Dropout : NoiseLayer
{
    private readonly ValueList<int?> _noiseShape;

    /// <summary>Creates a dropout layer.</summary>
    /// <param name="rate">The share set to 0, in [0, 1).</param>
    public Dropout(double rate) => Rate = rate;

    /// <summary>The share set to 0, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, nameof(Dropout), nameof(Rate)); }

    /// <summary>The shape of the pattern, the batch included; an axis of 1 is dropped as a whole, null takes the input's length.
    /// Default: the input's shape.</summary>
    public ImmutableArray<int?>? NoiseShape { get => _noiseShape.Elements; init => _noiseShape = new(value); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (NoiseShape is not { } noise) return input;
        var fits = noise.Length == input.Rank
            && noise.Zip(input.Axes).All(axis => axis.First is null or 1 || axis.Second is null || axis.First == axis.Second);
        return fits
            ? input
            : throw new ShapeException($"an input that its noise shape ({Text(noise)}) broadcasts to",
                "Give the noise shape an entry for each axis: null, 1 or the input's length.");
    }

    private static string Text(IEnumerable<int?> lengths)
        => string.Join(", ", lengths.Select(length => length?.ToString(CultureInfo.InvariantCulture) ?? "null"));
}
