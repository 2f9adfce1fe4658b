using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>Scores cards by weighted criteria. A score compares cards of one catalogue; it is not a forecast of time.</summary>
/// <remarks>The total is a weighted geometric mean: a card twice as good in everything scores twice as high, and no strength
/// hides a weakness entirely. The throughput score is the same mean over the criteria that measure speed; the weights for
/// convolutional networks were chosen so that it orders cards as published training throughput does (docs/hardware.md).</remarks>
public sealed class GpuScorer
{
    private const double Least = 1e-4;

    private readonly ImmutableArray<IGpuCriterion> _criteria;
    private readonly GpuScoringOptions _options;

    /// <summary>Makes a scorer of some criteria, weighted by profile and options.</summary>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public GpuScorer(IEnumerable<IGpuCriterion> criteria, GpuScoringOptions? options = null)
    {
        (_criteria, _options) = ([.. criteria], options ?? new());
        if (new GpuScoringOptionsValidator(_criteria).Validate(null, _options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(GpuScoringOptions), typeof(GpuScoringOptions), result.Failures);
    }

    /// <summary>The criteria that come with the library, those that measure speed first.</summary>
    public static IReadOnlyList<IGpuCriterion> BuiltInCriteria { get; } =
    [
        new ComputeCriterion(), new BandwidthCriterion(), new CacheCriterion(), new PowerCriterion(), new BatchCriterion(),
        new VramCriterion(), new EfficiencyCriterion(), new PriceCriterion(), new InterconnectCriterion(), new SoftwareCriterion(),
        new FormFactorCriterion(), new AgeCriterion(),
    ];

    /// <summary>The built-in criteria with the profiles' weights.</summary>
    public static GpuScorer Default { get; } = new(BuiltInCriteria);

    /// <summary>Scores cards against the best of them, best first; equal cards by name.</summary>
    /// <param name="cards">The cards, normally all of a catalogue: scores then do not depend on what is asked of the cards.</param>
    /// <param name="profile">What is weighed.</param>
    /// <param name="goal">Training throughput, inference throughput or latency.</param>
    /// <param name="precision">The number format of the work.</param>
    /// <param name="asOf">The day on which ages are counted, unless the options give one.</param>
    public IReadOnlyList<ScoredGpu> Score(IReadOnlyCollection<GpuSpec> cards, WorkloadProfile profile, WorkloadGoal goal,
        NumberFormat precision, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(cards);
        ArgumentNullException.ThrowIfNull(profile);
        var candidates = cards.Select(card => new GpuCandidate(card, precision, _options.AsOf ?? asOf, 0)).ToArray();
        var like = new LikeCards(cards);
        var weights = _criteria.ToDictionary(criterion => criterion, criterion => Weight(criterion, profile, goal));
        var speed = Columns(candidates, _criteria.Where(c => c.MeasuresSpeed), like);
        var throughput = candidates.Select((_, row) => Mean(speed, weights, row)).ToArray();
        for (var row = 0; row < candidates.Length; row++) candidates[row] = candidates[row] with { Throughput = throughput[row] };
        var columns = speed.Concat(Columns(candidates, _criteria.Where(c => !c.MeasuresSpeed), like))
            .OrderBy(column => _criteria.IndexOf(column.Criterion)).ToArray();
        return [.. candidates.Select((candidate, row) => Scored(candidate, columns, weights, row, profile)).OrderByDescending(s => s.Score)
            .ThenBy(s => s.Card.Name, StringComparer.Ordinal)];
    }

    private double Weight(IGpuCriterion criterion, WorkloadProfile profile, WorkloadGoal goal)
        => _options.Weights.TryGetValue(criterion.Name, out var own)
            ? own
            : profile.Weight(criterion.Name)?.For(goal) ?? criterion.DefaultWeight;

    private static Column[] Columns(GpuCandidate[] candidates, IEnumerable<IGpuCriterion> criteria, LikeCards like)
        => [.. criteria.Select(criterion => Column.Of(criterion, candidates, like))];

    /// <summary>The weighted geometric mean of a row's scores, 0 to 100; 0 without any weight.</summary>
    private static double Mean(Column[] columns, Dictionary<IGpuCriterion, double> weights, int row)
    {
        var total = columns.Sum(column => weights[column.Criterion]);
        return total == 0 ? 0 : 100 * Math.Exp(columns.Sum(column => weights[column.Criterion] * Math.Log(column.Scores[row])) / total);
    }

    private static ScoredGpu Scored(GpuCandidate candidate, Column[] columns, Dictionary<IGpuCriterion, double> weights,
        int row, WorkloadProfile profile)
    {
        var total = columns.Sum(column => weights[column.Criterion]);
        var criteria = columns.Where(column => weights[column.Criterion] > 0)
            .Select(column => column.Explain(row, weights[column.Criterion] / total, profile)).ToImmutableArray();
        return new(candidate.Card, Mean(columns, weights, row), candidate.Throughput, criteria);
    }

    /// <summary>What one criterion says of every card.</summary>
    private sealed record Column(IGpuCriterion Criterion, double?[] Values, double[] Scores)
    {
        public static Column Of(IGpuCriterion criterion, GpuCandidate[] candidates, LikeCards like)
        {
            var values = candidates.Select(candidate => criterion.Measure(candidate)).ToArray();
            var best = values.Max() ?? 1;
            var known = candidates.Zip(values,
                (candidate, value) => value is { } v ? Bounded(criterion.Score(candidate, v, best)) : (double?)null).ToArray();
            return new(criterion, values, [.. known.Select((score, row) => score ?? like.Score(row, known))]);
        }

        public CriterionScore Explain(int row, double weight, WorkloadProfile profile)
            => new(Criterion.Name, Values[row], Criterion.Unit, 100 * Scores[row], weight,
                Reason(row, profile.Weight(Criterion.Name)?.Why));

        private string Reason(int row, string? why)
        {
            var value = Values[row] is { } known
                ? string.Create(CultureInfo.InvariantCulture, $"{known:0.##} {Criterion.Unit}: {100 * Scores[row]:0} of 100.")
                : string.Create(CultureInfo.InvariantCulture,
                    $"Unknown and not judged: like cards would have {100 * Scores[row]:0} of 100.");
            return why is null ? value : $"{value} {why}";
        }

        /// <summary>Above 0, so that one bad criterion does not make all others worthless;
        /// 1 where nobody has any, and so nobody is worse.</summary>
        private static double Bounded(double score) => double.IsNaN(score) ? 1 : Math.Clamp(score, Least, 1);
    }
}
