using DeepGpu.Models;
using static DeepGpu.Hardware.Tests.Recommendations.AdviceFixture;

namespace DeepGpu.Hardware.Tests.Recommendations;

public class RecommendationTests
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    /// <summary>The networks of the listings at batch 64: A1 of the buyer's review.</summary>
    public static TheoryData<string> Small => ["cnn", "simple_rnn", "lstm", "gru"];

    [Theory]
    [MemberData(nameof(Small))]
    public void For_a_small_network_the_first_card_is_cheap_and_any_gpu_and_the_processor_suffice(string name)
    {
        var answer = Advise(Listing(name).Training(64));
        answer.Best!.Price!.Middle.Dollars.Should().BeLessThanOrEqualTo(300);
        answer.Needs!.AnyCardWillDo.Should().BeTrue();
        answer.Gpu!.IsNeeded.Should().BeFalse();
        answer.Explain().Should()
            .MatchRegex(@"^Any GPU is enough for .+, and so is the processor: 10,000 steps of 64 take about [\d.]+ (s|min) on .+ and "
                + @"[\d.]+ (s|min) on any of \d+ of \d+ cards\.");
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Where_most_cards_are_equally_fast_the_first_costs_at_most_twice_the_cheapest_of_them(string name)
    {
        var answer = Advise(Listing(name).Training(64));
        var fastest = answer.Cards.Min(card => card.RunTime.Value);
        var near = answer.Cards.Where(card => card.RunTime.Value <= fastest * 1.2 && card is { Price: not null, Obstacle: null }).ToList();
        answer.Best!.Price!.Middle.Dollars.Should().BeLessThanOrEqualTo(2 * near.Min(card => card.Price!.Middle.Dollars));
    }

    [Fact]
    public void A_large_network_needs_a_gpu_and_gets_up_to_three_picks_with_reasons()
    {
        var answer = Advise(TorchVision("resnet50").Training(64), new() { Samples = 1_281_167, Epochs = 90 });
        answer.Gpu!.IsNeeded.Should().BeTrue();
        answer.Gpu.Gain.Should().BeGreaterThan(2);
        answer.Picks.Should().HaveCountGreaterThan(1).And.HaveCountLessThanOrEqualTo(3);
        answer.Picks.SelectMany(pick => pick.Kinds).Should().Contain([GpuPickKind.CheapestEnough, GpuPickKind.BestForTheMoney,
            GpuPickKind.Fastest]).And.OnlyHaveUniqueItems();
        answer.Picks.Should().OnlyContain(pick => pick.Reason.Contains('$') && pick.Gpu.Forecast.Fits == FitVerdict.Fits);
        answer.Explain().Should().StartWith("A GPU is needed for ").And.Contain("90 epochs of 1,281,167 samples");
    }

    [Theory]
    [InlineData("resnet50", 64, 1_281_167L, 90)]
    [InlineData("resnet50", 64, null, 1)]
    [InlineData("mnasnet1_0", 32, 50_000L, 10)]
    public void The_text_has_at_most_12_lines_and_the_verdict_5_sentences_without_words_of_scoring(string model, int batch, long? samples,
        int epochs)
    {
        var answer = Advise(TorchVision(model).Training(batch), new() { Samples = samples, Epochs = epochs });
        answer.ToString().Split(Environment.NewLine).Length.Should().BeLessThanOrEqualTo(12);
        var verdict = answer.Explain();
        verdict.Split(". ").Length.Should().BeLessThanOrEqualTo(5);
        foreach (var word in new[] { "merit", "points", "capability", "throughput of 100", "score" })
        {
            verdict.Should().NotContain(word);
            answer.ToString().Should().NotContain(word);
        }

        verdict.Should().MatchRegex(@"\$[\d,]+").And.Contain("20").And.Contain("it fits");
    }

    [Fact]
    public void No_pick_is_discontinued_unreleased_or_not_sold_singly()
    {
        foreach (var workload in new[] { Listing("cnn").Training(64), TorchVision("resnet50").Training(64), TorchVision("vgg16")
            .Training(32, NumberFormat.Float16) })
        {
            foreach (var policy in new[] { RecommendationPolicy.Value, RecommendationPolicy.Cheapest, RecommendationPolicy.Fastest,
                RecommendationPolicy.LeastEnergy })
            {
                var picks = GpuAdvisor.Default.Recommend(workload, options: Plain with { Policy = policy }).Picks;
                picks.Should().NotBeEmpty().And.OnlyContain(pick
                    => pick.Gpu.Card.IsSoldNew && pick.Gpu.Card.IsSoldSingly && pick.Gpu.Obstacle == null);
            }
        }
    }

    /// <summary>GeForce RTX 5090 D v2, made for China, is the fastest card that one can buy there for its price.</summary>
    [Theory]
    [InlineData(null, GpuObstacle.SoldElsewhere)]
    [InlineData("Norway", GpuObstacle.SoldElsewhere)]
    [InlineData("china", null)]
    public void A_card_sold_in_one_country_is_picked_there_alone(string? country, GpuObstacle? obstacle)
    {
        var answer = GpuAdvisor.Default.Recommend(TorchVision("resnet50").Training(64), new() { Country = country }, Plain);
        answer.Cards.Single(card => card.Card.Name == "GeForce RTX 5090 D v2").Obstacle.Should().Be(obstacle);
        if (obstacle is not null) answer.Picks.Should().OnlyContain(pick => pick.Gpu.Card.SoldOnlyIn == null);
    }

    [Fact]
    public void Used_cards_are_picked_where_they_are_asked_for_at_their_used_price()
    {
        var work = TorchVision("resnet50").Training(64);
        GpuAdvisor.Default.Recommend(work, options: Plain).Cards.Single(card => card.Card.Name == "GeForce RTX 3090").Obstacle.Should()
            .Be(GpuObstacle.Discontinued);
        var used = GpuAdvisor.Default.Recommend(work, new() { Used = true }, Plain).Cards.Single(card
            => card.Card.Name == "GeForce RTX 3090");
        used.Obstacle.Should().BeNull();
        used.Price!.TextOn(new(2026, 11, 30)).Should().Be("$700 to $900 (used, 2026)");
    }

    [Fact]
    public void A_laptop_card_is_picked_where_its_segment_is_asked_for_and_has_a_price()
    {
        var cards = GpuAdvisor.Default.Recommend(Listing("cnn").Training(64), new() { Segment = GpuSegment.Laptop }, Plain).Cards;
        cards.Should().HaveCountGreaterThan(10).And.OnlyContain(card => card.Obstacle != GpuObstacle.NotSoldSingly);
    }

    [Fact]
    public void The_policy_decides_which_card_is_first()
    {
        var work = TorchVision("resnet50").Training(64);
        RecommendedGpu First(RecommendationPolicy policy)
            => GpuAdvisor.Default.Recommend(work, options: Plain with { Policy = policy }).Best!;
        var (cheapest, fastest, frugal) = (First(RecommendationPolicy.Cheapest), First(RecommendationPolicy.Fastest),
            First(RecommendationPolicy.LeastEnergy));
        cheapest.Price!.Middle.Should().BeLessThan(fastest.Price!.Middle);
        fastest.RunTime.Value.Should().BeLessThan(cheapest.RunTime.Value);
        double Joules(RecommendedGpu card) => card.Forecast.AveragePower!.Value.Value.Watts * card.RunTime.Value.TotalSeconds;
        Joules(frugal).Should().BeLessThanOrEqualTo(Joules(cheapest)).And.BeLessThanOrEqualTo(Joules(fastest));
    }

    [Fact]
    public void A_deadline_decides_what_is_enough()
    {
        var work = TorchVision("resnet50").Training(64);
        var slow = GpuAdvisor.Default.Recommend(work, options: Plain with { Policy = RecommendationPolicy.Cheapest }).Best!;
        var hurried = Plain with { Policy = RecommendationPolicy.Cheapest with { Deadline = slow.RunTime.Value * 0.5 } };
        GpuAdvisor.Default.Recommend(work, options: hurried).Best!.RunTime.Value.Should().BeLessThanOrEqualTo(slow.RunTime.Value * 0.5);
    }

    [Fact]
    public void What_fits_no_card_says_so_first_with_changes_that_are_forecast()
    {
        var answer = Advise(TorchVision("vgg16").Training(8192));
        answer.Picks.Should().BeEmpty();
        answer.Explain().Should().StartWith("'vgg16' (training, batch 8192, Float32) surely fits no card that meets the requirements: ");
        answer.Remedies.Select(remedy => remedy.Kind).Should().Contain([FitRemedyKind.SmallerBatch, FitRemedyKind.GradientAccumulation,
            FitRemedyKind.MoreCards]);
        answer.Remedies.Should().OnlyContain(remedy => remedy.Peak.Bytes > 0 && remedy.Time != null);
        answer.ToString().Split(Environment.NewLine)[1].Should().StartWith("  It fits with ");
    }

    [Fact]
    public void Each_change_that_makes_it_fit_does()
    {
        var (card, work) = (Catalog.Find("GeForce RTX 4060"), TorchVision("vgg16").Training(64));
        var forecast = GpuForecaster.Default.Forecast(work, card);
        forecast.Fits.Should().NotBe(FitVerdict.Fits);
        forecast.WhatMakesItFit().Should().NotBeEmpty().And.OnlyContain(remedy => remedy.Peak < card.Vram && remedy.Time != null);
        var parts = forecast.WhatMakesItFit().Single(remedy => remedy.Kind == FitRemedyKind.GradientAccumulation);
        var smaller = forecast.WhatMakesItFit().Single(remedy => remedy.Kind == FitRemedyKind.SmallerBatch);
        parts.Time!.Value.Value.Should().BeGreaterThan(smaller.Time!.Value.Value);
    }

    [Fact]
    public void Keeping_borders_alone_needs_less_memory_and_more_time()
    {
        var (card, work) = (Catalog.Find("GeForce RTX 3060 12GB"), TorchVision("resnet50").Training(128));
        var forecast = GpuForecaster.Default.Forecast(work, card);
        var kept = forecast.WhatMakesItFit().SingleOrDefault(remedy => remedy.Kind == FitRemedyKind.Checkpointing);
        kept.Should().NotBeNull();
        kept!.Peak.Should().BeLessThan(forecast.Memory.Peak.Value);
        kept.Time!.Value.Value.Should().BeGreaterThan(forecast.StepTime!.Value.Value);
        var described = GpuForecaster.Default.Forecast(TorchVision("resnet50").Training(128, gradientCheckpointing: true), card);
        described.Memory.Peak.Value.Should().Be(kept.Peak);
        described.StepTime!.Value.Value.Should().Be(kept.Time!.Value.Value);
        described.WhatMakesItFit().Should().NotContain(remedy => remedy.Kind == FitRemedyKind.Checkpointing);
    }

    [Fact]
    public void A_card_of_unknown_price_or_power_is_listed_apart_and_not_rejected()
    {
        var answer = GpuAdvisor.Default.Recommend(Listing("cnn").Training(64),
            new() { MaxPrice = Money.FromDollars(600), MaxPower = Power.FromWatts(300) }, Plain);
        answer.Unjudged.Should().NotBeEmpty().And.OnlyContain(card => card.Failures.All(failure => failure.IsUnknown));
        answer.Unjudged.Should().Contain(card => card.Failures.Any(failure => failure.Actual == "unknown"));
        answer.Rejected.Should().OnlyContain(card => card.Failures.All(failure => !failure.IsUnknown));
        answer.Unknown.Should().NotBeEmpty().And.OnlyContain(fact => fact.Contains("unknown"));
        (answer.Cards.Count + answer.Rejected.Count + answer.Unjudged.Count).Should().Be(Catalog.Cards.Length);
    }

    [Fact]
    public void Given_up_requirements_that_would_change_the_first_card_are_named()
    {
        var answer = GpuAdvisor.Default.Recommend(TorchVision("resnet50").Training(64), new() { MaxPrice = Money.FromDollars(300) }, Plain);
        answer.WhatWouldChangeTheVerdict.Should().Contain(change => change.Change == "without the limit of $300"
            && change.Card != answer.Best!.Card);
    }

    [Fact]
    public void For_a_network_bound_by_the_host_it_says_from_which_batch_a_larger_card_pays()
        => Advise(Listing("cnn").Training(64)).WhatWouldChangeTheVerdict.Should()
            .Contain(change => change.Change.StartsWith("at a batch of ") && change.Card.IsSoldNew && change.Card.IsSoldSingly
                && change.Price != null);

    [Fact]
    public void The_fastest_pick_is_no_slower_than_any_other()
    {
        foreach (var work in new[] { Listing("gru").Training(64), Listing("lstm").Training(64), TorchVision("resnet50").Training(64) })
        {
            var picks = Advise(work).Picks;
            picks.Single(pick => pick.Kinds.Contains(GpuPickKind.Fastest)).Gpu.RunTime.Value.Should()
                .Be(picks.Min(pick => pick.Gpu.RunTime.Value));
        }
    }

    [Fact]
    public void A_precision_that_a_card_lacks_rejects_it()
        => Advise(TorchVision("vgg16").Training(8, NumberFormat.BFloat16)).Rejected.Should()
            .Contain(card => card.Card.Name == "GeForce GTX 1080 Ti" && card.Rule == "precision");

    [Fact]
    public void From_several_threads_it_is_the_same()
    {
        var work = Listing("gru").Training(64);
        Enumerable.Range(0, 8).AsParallel().Select(_ => Advise(work).ToString()).Distinct().Should().ContainSingle();
    }
}
