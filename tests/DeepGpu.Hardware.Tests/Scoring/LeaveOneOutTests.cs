namespace DeepGpu.Hardware.Tests.Scoring;

/// <summary>Scores of every card without one thing that is known of it: rule A6 of the buyer's review. What a figure says must not depend
/// on whether the maker published it.</summary>
[Collection(nameof(Alone))]
public class LeaveOneOutTests(ITestOutputHelper output)
{
    private const double Most = 3;

    private static readonly GpuSpec[] Cards = [.. GpuCatalog.Default.Cards];

    private static readonly DateOnly Day = new(2026, 11, 30);

    public static TheoryData<string, WorkloadGoal, NumberFormat> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, WorkloadGoal, NumberFormat>();
            foreach (var profile in WorkloadProfile.All)
            {
                kinds.Add(profile.Name, WorkloadGoal.TrainingThroughput, NumberFormat.Float32);
                kinds.Add(profile.Name, WorkloadGoal.InferenceThroughput, NumberFormat.BFloat16);
                kinds.Add(profile.Name, WorkloadGoal.InferenceLatency, NumberFormat.Float32);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaving_out_one_criterion_moves_no_score_by_more_than_3_points(string profile, WorkloadGoal goal, NumberFormat format)
    {
        var kind = WorkloadProfile.All.Single(known => known.Name == profile);
        var like = new LikeCards(Cards);
        var moves = new List<(string Card, string Left, double Points)>();
        foreach (var criterion in GpuScorer.BuiltInCriteria)
        {
            var hidden = new Hidden(criterion);
            var scorer = new GpuScorer([.. GpuScorer.BuiltInCriteria.Select(other => other == criterion ? hidden : other)]);
            var before = scorer.Prepare(Cards, like, kind, goal, format, Day);
            for (var row = 0; row < Cards.Length; row++)
            {
                hidden.Card = null;
                var with = before(row);
                if (with.Criteria.FirstOrDefault(known => known.Name == criterion.Name)?.Value is null) continue;
                hidden.Card = Cards[row];
                moves.Add((Cards[row].Name, criterion.Name,
                    scorer.Prepare(Cards, like, kind, goal, format, Day)(row).Score - with.Score));
            }
        }

        ShouldBeSmall(moves);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaving_out_one_figure_moves_no_score_by_more_than_3_points(string profile, WorkloadGoal goal, NumberFormat format)
    {
        var kind = WorkloadProfile.All.Single(known => known.Name == profile);
        var before = GpuScorer.Default.Prepare(Cards, new LikeCards(Cards), kind, goal, format, Day);
        var moves = new List<(string Card, string Left, double Points)>();
        for (var row = 0; row < Cards.Length; row++)
        {
            foreach (var (figure, without) in Without(Cards[row]))
            {
                GpuSpec[] others = [.. Cards];
                others[row] = without;
                moves.Add((without.Name, figure,
                    GpuScorer.Default.Prepare(others, new LikeCards(others), kind, goal, format, Day)(row).Score - before(row).Score));
            }
        }

        ShouldBeSmall(moves);
    }

    private void ShouldBeSmall(IReadOnlyCollection<(string Card, string Left, double Points)> moves)
    {
        foreach (var left in moves.GroupBy(move => move.Left))
            output.WriteLine($"{left.Key}: {left.Max(move => Math.Abs(move.Points)):0.00} ({left.MaxBy(move => Math.Abs(move.Points)).Card})");
        moves.Should().HaveCountGreaterThan(Cards.Length).And.OnlyContain(move => Math.Abs(move.Points) <= Most);
    }

    /// <summary>A card without one of the figures it has. A format's rate that is missing says that the card lacks the format: it is no figure
    /// that is not known.</summary>
    private static IEnumerable<(string Figure, GpuSpec Without)> Without(GpuSpec card)
    {
        if (card.CacheBeforeMemory is not null) yield return ("cache", card with { L2Cache = null, LastLevelCache = null });
        if (card.Tdp is not null) yield return ("power", card with { Tdp = null });
        if (card.LaunchPrice is not null) yield return ("price", card with { LaunchPrice = null });
        if (card.ReleaseDate is not null) yield return ("day", card with { ReleaseDate = null });
        if (card.Float32Rate is not null) yield return ("rate", card with { Float32Rate = null });
        if (card.InterconnectBandwidth is not null) yield return ("link", card with { InterconnectBandwidth = null });
        if (card.PcieLanes is not null) yield return ("PCIe", card with { PcieLanes = null });
        if (card.SlotWidth is not null) yield return ("slots", card with { SlotWidth = null });
        if (card.Cooling is not null) yield return ("cooling", card with { Cooling = null });
        if (card.FormFactor is not null) yield return ("form", card with { FormFactor = null });
        if (card.Platform is not null) yield return ("platform", card with { Platform = null });
        if (card.MemoryType is not null) yield return ("memory type", card with { MemoryType = null });
    }

    /// <summary>A criterion that knows nothing of one card.</summary>
    private sealed class Hidden(IGpuCriterion inner) : IGpuCriterion
    {
        public GpuSpec? Card { get; set; }

        public string Name => inner.Name;

        public string Unit => inner.Unit;

        public bool MeasuresSpeed => inner.MeasuresSpeed;

        public double DefaultWeight => inner.DefaultWeight;

        public double? Measure(GpuCandidate candidate) => ReferenceEquals(candidate.Card, Card) ? null : inner.Measure(candidate);

        public double Score(GpuCandidate candidate, double value, double best) => inner.Score(candidate, value, best);
    }
}
