using System.Collections.Immutable;
using DeepGpu.Hardware.Scoring;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>Scores cards by weighted criteria. A score compares cards of one catalogue; it is not a forecast of time.</summary>
/// <remarks>The total is a weighted geometric mean: a card twice as good in everything scores twice as high, and no strength
/// hides a weakness entirely. No criterion moves it by more than a point from what like cards have, except one that weighs more than two
/// thirds, or whose weight the options give. The throughput score is the same mean, unbounded, over the criteria that measure speed; the
/// weights for convolutional networks were chosen so that it orders cards as published training throughput does
/// (docs/hardware.md).</remarks>
public sealed class GpuScorer
{
    /// <summary>A criterion that weighs more decides alone, as was asked for.</summary>
    private const double MostBounded = 2.0 / 3;

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
        return Score(cards, new LikeCards(cards), profile, goal, precision, asOf);
    }

    /// <summary>The same, with the likeness of the cards worked out before.</summary>
    internal IReadOnlyList<ScoredGpu> Score(IReadOnlyCollection<GpuSpec> cards, LikeCards like, WorkloadProfile profile, WorkloadGoal goal,
        NumberFormat precision, DateOnly asOf)
    {
        var score = Prepare([.. cards], like, profile, goal, precision, asOf);
        return [.. Enumerable.Range(0, cards.Count).Select(score).OrderByDescending(s => s.Score)
            .ThenBy(s => s.Card.Name, StringComparer.Ordinal)];
    }

    /// <summary>Measures all cards; each is scored when it is asked for by its place.</summary>
    internal Func<int, ScoredGpu> Prepare(GpuSpec[] cards, LikeCards like, WorkloadProfile profile, WorkloadGoal goal,
        NumberFormat precision, DateOnly asOf)
    {
        GpuCandidate[] candidates = [.. cards.Select(card => new GpuCandidate(card, precision, _options.AsOf ?? asOf, 0))];
        var speed = Columns(candidates, measuresSpeed: true, like);
        var speedWeights = Weights(speed, profile, goal);
        for (var row = 0; row < candidates.Length; row++)
            candidates[row] = candidates[row] with { Throughput = Throughput(speed, speedWeights, row) };
        ScoreColumn[] columns = [.. speed.Concat(Columns(candidates, measuresSpeed: false, like))
            .OrderBy(column => _criteria.IndexOf(column.Criterion))];
        var weights = Weights(columns, profile, goal);
        bool[] isBounded = [.. columns.Select((column, i)
            => weights[i] <= MostBounded && !_options.Weights.ContainsKey(column.Criterion.Name))];
        return row => Scored(candidates[row], columns, (weights, isBounded), row, profile);
    }

    private ScoreColumn[] Columns(GpuCandidate[] candidates, bool measuresSpeed, LikeCards like)
        => [.. _criteria.Where(criterion => criterion.MeasuresSpeed == measuresSpeed)
            .Select(criterion => ScoreColumn.Of(criterion, candidates, like))];

    /// <summary>The weights of some criteria, all together being 1, or all 0.</summary>
    private double[] Weights(ScoreColumn[] columns, WorkloadProfile profile, WorkloadGoal goal)
    {
        double[] weights = [.. columns.Select(column => Weight(column.Criterion, profile, goal))];
        var total = weights.Sum();
        return total == 0 ? weights : [.. weights.Select(weight => weight / total)];
    }

    private double Weight(IGpuCriterion criterion, WorkloadProfile profile, WorkloadGoal goal)
        => _options.Weights.TryGetValue(criterion.Name, out var own)
            ? own
            : profile.Weight(criterion.Name)?.For(goal) ?? criterion.DefaultWeight;

    /// <summary>The weighted geometric mean of the criteria that measure speed, 0 to 100; 0 without any weight.</summary>
    private static double Throughput(ScoreColumn[] columns, double[] weights, int row)
    {
        if (weights.Sum() == 0) return 0;
        Span<double> logs = stackalloc double[columns.Length];
        for (var i = 0; i < logs.Length; i++) logs[i] = columns[i].Log(row);
        return 100 * Math.Exp(BoundedMean.Sum(logs, weights));
    }

    private static ScoredGpu Scored(GpuCandidate candidate, ScoreColumn[] columns, (double[] Weights, bool[] IsBounded) weighed, int row,
        WorkloadProfile profile)
    {
        var weights = weighed.Weights;
        var counted = BoundedMean.Of(columns, weights, weighed.IsBounded, row);
        return new(candidate.Card, 100 * Math.Exp(BoundedMean.Sum(counted, weights)), candidate.Throughput,
            [.. Enumerable.Range(0, columns.Length).Where(i => weights[i] > 0)
                .Select(i => columns[i].Explain(row, counted[i], weights[i], profile.Weight(columns[i].Criterion.Name)?.Why))]);
    }
}
