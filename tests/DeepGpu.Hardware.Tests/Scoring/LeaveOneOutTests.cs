namespace DeepGpu.Hardware.Tests.Scoring;

/// <summary>Scores of every card without one of its figures. Long work: it runs when no other test does, some of which look at the
/// clock.</summary>
[Collection(nameof(Alone))]
public class LeaveOneOutTests(ITestOutputHelper output)
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    /// <summary>Figures that no like card has: matrix rates without vector units, a date among undated chips, a cache of 408 MiB.</summary>
    private static readonly (string Card, string Figure)[] UnlikeAny =
        [("Gaudi 3", "rate"), ("TPU v6e", "day"), ("Data Center GPU Max 1550", "cache")];

    /// <summary>What a known figure says must not depend on whether the maker published it: rule A6 of the buyer's review.</summary>
    [Fact]
    public void Leaving_out_one_known_figure_moves_no_score_by_more_than_3_points()
    {
        var worst = (from profile in new[] { WorkloadProfile.Cnn, WorkloadProfile.Rnn }.AsParallel()
                     let before = Scored(Catalog.Cards, profile).ToDictionary(s => s.Card.Name, s => s.Score)
                     from card in Catalog.Cards
                     from left in Without(card)
                     let after = Scored(Catalog.Cards.Replace(card, left.Without), profile).Single(s => s.Card == left.Without).Score
                     select (Card: card.Name, left.Figure, Points: Math.Abs(after - before[card.Name]))).ToList();
        foreach (var group in worst.GroupBy(w => w.Figure))
        {
            output.WriteLine($"{group.Key}: largest {group.Max(w => w.Points):0.00} ({group.MaxBy(w => w.Points).Card}), "
                + $"{group.Count(w => w.Points > 3)} of {group.Count()} above 3");
        }

        worst.Should().NotBeEmpty().And.OnlyContain(w => w.Points <= 3 || UnlikeAny.Contains(ValueTuple.Create(w.Card, w.Figure)));
    }

    private static IReadOnlyList<ScoredGpu> Scored(IReadOnlyCollection<GpuSpec> cards, WorkloadProfile profile)
        => GpuScorer.Default.Score(cards, profile, WorkloadGoal.TrainingThroughput, NumberFormat.Float32, new(2026, 11, 30));

    /// <summary>A card without one of the figures it has.</summary>
    private static IEnumerable<(string Figure, GpuSpec Without)> Without(GpuSpec card)
    {
        if (card.L2Cache is not null) yield return ("cache", card with { L2Cache = null, LastLevelCache = null });
        if (card.Tdp is not null) yield return ("power", card with { Tdp = null });
        if (card.LaunchPrice is not null) yield return ("price", card with { LaunchPrice = null });
        if (card.ReleaseDate is not null) yield return ("day", card with { ReleaseDate = null });
        if (card.Float32Rate is not null) yield return ("rate", card with { Float32Rate = null });
    }
}
