using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>One rate up to and including each boundary, another after it.
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/</summary>
[KerasClass(ObjectName = "PiecewiseConstant", Sample = "[1], [1, 1]")]
public sealed record PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly ValueList<double> _boundaries;
    private readonly ValueList<double> _values;

    /// <summary>Creates the schedule.</summary>
    /// <param name="boundaries">The last step of each rate but the last, each above the one before.</param>
    /// <param name="values">The rates, one more than boundaries, each at least 0.</param>
    /// <exception cref="DeepGpuArgumentException">The lists are empty, not ascending, or do not fit each other.</exception>
    public PiecewiseConstantDecay(ImmutableArray<double> boundaries, ImmutableArray<double> values)
    {
        _boundaries = new(Ascending(boundaries));
        _values = new(Rates(values, Boundaries.Length + 1));
    }

    /// <summary>The last step of each rate but the last.</summary>
    public ImmutableArray<double> Boundaries => _boundaries.Elements!.Value;

    /// <summary>The rates, one more than boundaries.</summary>
    public ImmutableArray<double> Values => _values.Elements!.Value;

    /// <inheritdoc/>
    public override double At(long step) => Values[Boundaries.Count(boundary => step > boundary)];

    private static ImmutableArray<double> Ascending(ImmutableArray<double> steps)
        => !steps.IsDefaultOrEmpty && steps.All(double.IsFinite) && steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second)
            ? steps
            : throw Require.OutOfRange(nameof(PiecewiseConstantDecay), nameof(Boundaries),
                "one or more steps, each above the one before", Text(steps));

    private static ImmutableArray<double> Rates(ImmutableArray<double> rates, int count)
        => !rates.IsDefault && rates.Length == count && rates.All(rate => double.IsFinite(rate) && rate >= 0)
            ? rates
            : throw Require.OutOfRange(nameof(PiecewiseConstantDecay), nameof(Values),
                $"{count} finite rates of at least 0, one more than boundaries", Text(rates));

    private static string Text(ImmutableArray<double> numbers)
        => numbers.IsDefaultOrEmpty ? "none" : string.Join(", ", numbers.Select(number => FormattableString.Invariant($"{number}")));
}
