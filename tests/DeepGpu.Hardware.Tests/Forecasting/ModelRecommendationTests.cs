using System.Text.Json;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class ModelRecommendationTests
{
    private static readonly Workload Vgg = Applications.VGG16().Training(64);

    [Fact]
    public void Cards_are_ranked_by_what_the_model_does_on_them()
    {
        var choice = GpuAdvisor.Default.Recommend(Vgg,
            new() { Vendor = GpuVendor.Nvidia, Segment = GpuSegment.Desktop }, samples: 50_000, epochs: 10);
        choice.Cards.Select(card => card.Merit).Should().BeInDescendingOrder();
        choice.Best!.Forecast.EpochTime.Should().NotBeNull();
        choice.RunnerUp.Should().NotBeNull();
        choice.Cards.Should().OnlyContain(card => card.Forecast.Fits != FitVerdict.DoesNotFit && card.Card.Segment == GpuSegment.Desktop);
        (choice.Cards.Count + choice.Rejected.Count).Should().Be(GpuCatalog.Default.Cards.Length);
        choice.Rejected.Should().Contain(card => card.Rule == "memory");
    }

    [Fact]
    public void The_verdict_names_the_runner_up_and_what_would_change_it()
    {
        var choice = GpuAdvisor.Default.Recommend(Vgg, null, samples: 50_000);
        choice.Explain().Should().MatchRegex(@"is the best of \d+ for 'vgg16' \(training, batch 64, Float32\): \d+ samples/s .* min an "
            + @"epoch; capability score .* The runner-up is .* What would change the verdict: .+\.");
    }

    [Fact]
    public void A_precision_that_a_card_lacks_rejects_it()
        => GpuAdvisor.Default.Recommend(Applications.VGG16().Training(8, NumberFormat.BFloat16), null, samples: 1)
            .Rejected.Should().Contain(card => card.Card.Name == "GeForce GTX 1080 Ti" && card.Rule == "precision");

    [Fact]
    public void Json_lists_cards_and_rejected()
    {
        var root = JsonDocument.Parse(GpuAdvisor.Default.Recommend(Vgg, null, samples: 1000).ToJson(3)).RootElement;
        root.GetProperty("cards").GetArrayLength().Should().Be(3);
        root.GetProperty("cards")[0].GetProperty("stepMilliseconds").GetProperty("low").GetDouble().Should().BePositive();
        root.GetProperty("rejected")[0].EnumerateObject().Select(p => p.Name).Should().Equal("name", "rule", "required", "actual");
    }
}
