using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware.Tests.Scoring;

public class GpuScorerTests
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    [Theory]
    [InlineData(NumberFormat.Float32, "H100 SXM5", "A100 SXM4 80GB", "Tesla V100 SXM2 32GB", "T4")]
    [InlineData(NumberFormat.TensorFloat32, "H100 PCIe", "A100 PCIe 40GB", "Tesla V100 PCIe 16GB", "T4")]
    [InlineData(NumberFormat.Float16, "H100 SXM5", "A100 SXM4 40GB", "Tesla V100 SXM2 16GB", "T4")]
    [InlineData(NumberFormat.BFloat16, "H100 NVL", "A100 PCIe 80GB", "Tesla V100 PCIe 32GB", "T4")]
    [InlineData(NumberFormat.Float32, "RTX 4090", "RTX 3090", "RTX 3080", "RTX 2080 Ti", "RTX 2070")]
    [InlineData(NumberFormat.Float16, "RTX 4090", "RTX 3090", "RTX 3080", "RTX 2080 Ti", "RTX 2070")]
    [InlineData(NumberFormat.Float32, "RTX 3070", "RTX 2070")]
    [InlineData(NumberFormat.Float16, "RTX 3070", "RTX 2070")]
    public void Cards_known_to_be_faster_score_higher(NumberFormat format, params string[] fastestFirst)
    {
        var scored = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, precision: format).All.ToDictionary(s => s.Card);
        var cards = fastestFirst.Select(name => scored[Catalog.Find(name)]).ToList();
        cards.Select(s => s.Throughput).Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
        cards.Select(s => s.Score).Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_best_card_in_everything_scores_100()
        => Score(new GpuScorer([new VramCriterion()]))[0]
            .Should().Match<ScoredGpu>(s => s.Card.Name == "M3 Ultra" && Math.Abs(s.Score - 100) < 1e-9);

    [Fact]
    public void Criteria_add_up_to_the_score()
    {
        foreach (var scored in Score(GpuScorer.Default))
        {
            scored.Criteria.Sum(c => c.Weight).Should().BeApproximately(1, 1e-9);
            Math.Exp(scored.Criteria.Sum(c => c.Weight * Math.Log(c.Score))).Should().BeApproximately(scored.Score, 1e-6, scored.Card.Name);
            scored.Criteria.Should().OnlyContain(c => c.Score > 0 && c.Score <= 100 + 1e-9 && c.Reason.Length > 10);
        }
    }

    [Fact]
    public void An_unknown_value_is_not_judged_and_says_what_like_cards_would_have()
    {
        var cards = Score(GpuScorer.Default);
        var unknown = cards.Single(s => s.Card.Name == "M3 Max").Criteria.Single(c => c.Name == "power");
        unknown.Value.Should().BeNull();
        unknown.Reason.Should().MatchRegex("^Unknown and not judged: like cards would have \\d+ of 100\\. ");
        var known = cards.Select(s => s.Criteria.Single(c => c.Name == "power")).Where(c => c.Value is not null).ToList();
        unknown.Score.Should().BeInRange(known.Min(c => c.Score), known.Max(c => c.Score));
        cards.Single(s => s.Card.Name == "M3 Max").NotJudged.Should().Contain("power");
    }

    [Fact]
    public void Scores_do_not_depend_on_what_is_required()
    {
        var free = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).Cards.Single(s => s.Card.Name == "L4").Score;
        GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { MaxPower = Power.FromWatts(75) })
            .Cards.Single(s => s.Card.Name == "L4").Score.Should().Be(free);
    }

    [Fact]
    public void Custom_weights_replace_those_of_the_profile()
    {
        var options = new GpuScoringOptions();
        foreach (var criterion in GpuScorer.BuiltInCriteria) options.Weights[criterion.Name] = criterion.Name == "vram" ? 1 : 0;
        Score(new GpuScorer(GpuScorer.BuiltInCriteria, options))[0]
            .Should().Match<ScoredGpu>(s => s.Card.Name == "M3 Ultra" && s.Criteria.Count == 1);
    }

    [Fact]
    public void A_custom_criterion_can_be_added()
        => Score(new GpuScorer([.. GpuScorer.BuiltInCriteria, new NameLength()], new() { Weights = { ["name length"] = 1000 } }))[0]
            .Card.Name.Length.Should().Be(Catalog.Cards.Max(card => card.Name.Length));

    [Fact]
    public void Faulty_weights_are_listed_together()
    {
        var options = new GpuScoringOptions { Weights = { ["bandwith"] = 1, ["vram"] = -1, ["age"] = double.NaN } };
        new GpuScoringOptionsValidator().Validate(null, options).Failures.Should().Equal(
            "A weight must be that of a criterion (compute, bandwidth, cache, power, batch, vram, efficiency, price, interconnect, "
                + "software, form, age), but 'bandwith' is none. Did you mean 'bandwidth'?",
            "A weight must be finite and at least 0, but that of 'vram' is -1. Pass 0 to leave the criterion out.",
            "A weight must be finite and at least 0, but that of 'age' is NaN. Pass 0 to leave the criterion out.");
        FluentActions.Invoking(() => new GpuScorer([new VramCriterion()], new() { Weights = { ["vram"] = 0 } }))
            .Should().Throw<OptionsValidationException>().WithMessage("A criterion must count, but every weight is 0.*");
    }

    private static IReadOnlyList<ScoredGpu> Score(GpuScorer scorer)
        => scorer.Score(Catalog.Cards, WorkloadProfile.Cnn, WorkloadGoal.TrainingThroughput, NumberFormat.Float32, new(2026, 11, 1));

    private sealed class NameLength : IGpuCriterion
    {
        public string Name => "name length";

        public string Unit => "letters";

        public double? Measure(GpuCandidate candidate) => candidate.Card.Name.Length;
    }
}
