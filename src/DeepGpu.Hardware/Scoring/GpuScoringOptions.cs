using System.Globalization;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>How cards are scored.</summary>
public sealed class GpuScoringOptions
{
    /// <summary>Weights by criterion name, in place of those of the profile; 0 leaves a criterion out. Default none: the profile's weights.
    /// Weights are relative: only their ratios matter.</summary>
    public IDictionary<string, double> Weights { get; } = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The day on which ages are counted. Default null: the month of the catalogue,
    /// so that a score does not change overnight.</summary>
    public DateOnly? AsOf { get; set; }

    /// <summary>Sets on other options what was set here.</summary>
    internal void CopyTo(GpuScoringOptions other)
    {
        foreach (var (criterion, weight) in Weights) other.Weights[criterion] = weight;
        other.AsOf = AsOf ?? other.AsOf;
    }
}

/// <summary>Checks <see cref="GpuScoringOptions"/>: weights of criteria that exist, finite, not negative, not all 0.
/// All faults are listed together.</summary>
/// <param name="criteria">The criteria that are scored; null for the built-in ones.</param>
public sealed class GpuScoringOptionsValidator(IReadOnlyList<IGpuCriterion>? criteria = null) : IValidateOptions<GpuScoringOptions>
{
    private readonly string[] _known = [.. (criteria ?? GpuScorer.BuiltInCriteria).Select(criterion => criterion.Name)];

    /// <summary>Checks against the built-in criteria.</summary>
    public GpuScoringOptionsValidator()
        : this(null)
    {
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GpuScoringOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OptionFaults.Result(options.Weights.Select(weight => Fault(weight.Key, weight.Value)).Append(NothingLeft(options)));
    }

    private Fault? Fault(string criterion, double weight)
    {
        if (!_known.Contains(criterion, StringComparer.OrdinalIgnoreCase))
            return new("unknown_criterion", $"A weight must be that of a criterion ({string.Join(", ", _known)}),",
                $"but '{StrictJson.Printable(criterion)}' is none.",
                $"Did you mean '{_known.MinBy(known => Spelling.Distance(known, criterion))}'?");
        return double.IsFinite(weight) && weight >= 0
            ? null
            : new("bad_weight", "A weight must be finite and at least 0,",
                $"but that of '{criterion}' is {weight.ToString(CultureInfo.InvariantCulture)}.", "Pass 0 to leave the criterion out.");
    }

    private Fault? NothingLeft(GpuScoringOptions options)
        => _known.All(known => options.Weights.TryGetValue(known, out var weight) && weight == 0)
            ? new("no_weights", "A criterion must count,", "but every weight is 0.", "Give one of them a weight above 0.")
            : null;
}
