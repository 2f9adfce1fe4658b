using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware.Tests.DependencyInjection;

public class HardwareServicesTests
{
    [Fact]
    public void The_services_come_with_the_built_in_catalogue()
    {
        using var provider = new ServiceCollection().AddDeepGpuHardware().BuildServiceProvider();
        provider.GetRequiredService<GpuCatalog>().Cards.Should().BeEquivalentTo(GpuCatalog.Default.Cards,
            options => options.ComparingByValue<GpuSpec>());
        provider.GetRequiredService<GpuAdvisor>().Rank(WorkloadProfile.Cnn).Cards.Should().NotBeEmpty();
        provider.GetRequiredService<GpuDetector>().Should().BeSameAs(provider.GetRequiredService<GpuDetector>());
    }

    [Fact]
    public void Options_reach_catalogue_scorer_and_detector()
    {
        var own = GpuCatalog.Default.Find("RTX 3090") with { Name = "My Card", Aliases = [] };
        using var provider = new ServiceCollection().AddDeepGpuHardware(o =>
        {
            o.Catalog.Cards.Add(own);
            o.Scoring.Weights["vram"] = 0;
            o.Detection.CommandTimeout = TimeSpan.FromSeconds(1);
        }).BuildServiceProvider();
        var advisor = provider.GetRequiredService<GpuAdvisor>();
        advisor.Catalog.Find("my card").Should().BeSameAs(own);
        advisor.Rank(WorkloadProfile.Cnn).Best!.Criteria.Should().NotContain(c => c.Name == "vram");
        provider.GetRequiredService<IOptions<GpuDetectionOptions>>().Value.CommandTimeout.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Faulty_options_are_refused_with_the_rule()
    {
        using var provider = new ServiceCollection().AddDeepGpuHardware(o => o.Scoring.Weights["speed"] = 1).BuildServiceProvider();
        FluentActions.Invoking(provider.GetRequiredService<GpuScorer>)
            .Should().Throw<OptionsValidationException>().WithMessage("A weight must be that of a criterion *but 'speed' is none.*");
    }

    [Fact]
    public async Task A_custom_detector_stands()
    {
        using var provider = new ServiceCollection().AddSingleton(new GpuDetector([new FakeGpuMachine(new FakeGpu())]))
            .AddDeepGpuHardware().BuildServiceProvider();
        (await provider.GetRequiredService<GpuDetector>().DetectAsync(TestContext.Current.CancellationToken))
            .Devices.Should().ContainSingle();
    }

    [Fact]
    public void What_configures_the_options_runs_once()
    {
        var runs = 0;
        using var provider = new ServiceCollection().AddDeepGpuHardware(_ => runs++).BuildServiceProvider();
        provider.GetRequiredService<GpuAdvisor>();
        provider.GetRequiredService<GpuDetector>();
        provider.GetRequiredService<IOptions<GpuScoringOptions>>().Value.Should().NotBeNull();
        runs.Should().Be(1);
    }

    [Fact]
    public void A_registered_criterion_counts_and_may_be_weighted()
    {
        using var provider = new ServiceCollection().AddSingleton<IGpuCriterion, ShortName>()
            .AddDeepGpuHardware(o => o.Scoring.Weights["short name"] = 1000).BuildServiceProvider();
        var best = provider.GetRequiredService<GpuAdvisor>().Rank(WorkloadProfile.Cnn).All.OrderByDescending(s => s.Score).First();
        best.Card.Name.Length.Should().Be(GpuCatalog.Default.Cards.Min(card => card.Name.Length));
        best.Criteria.Should().Contain(c => c.Name == "short name").And.Contain(c => c.Name == "vram");
    }

    [Fact]
    public void A_registered_criterion_of_a_built_in_name_takes_its_place()
    {
        using var provider = new ServiceCollection().AddSingleton<IGpuCriterion>(new ShortName { Name = "vram" }).AddDeepGpuHardware()
            .BuildServiceProvider();
        provider.GetRequiredService<GpuAdvisor>().Rank(WorkloadProfile.Cnn).Best!.Criteria.Single(c => c.Name == "vram").Unit
            .Should().Be("letters");
    }

    [Fact]
    public async Task A_registered_source_finds_the_cards()
    {
        using var provider = new ServiceCollection().AddSingleton<IGpuSource>(new FakeGpuMachine(new FakeGpu(), new FakeGpu()))
            .AddDeepGpuHardware().BuildServiceProvider();
        (await provider.GetRequiredService<GpuDetector>().DetectAsync(TestContext.Current.CancellationToken)).Devices.Should().HaveCount(2);
    }

    [Fact]
    public void A_registered_forecaster_makes_the_forecasts()
    {
        var (card, work) = (GpuCatalog.Default.Find("RTX 3090"), Models.Applications.Find("VGG16").Build(new()).Training(8));
        var plain = GpuForecaster.Default.Forecast(work, card).StepTime!.Value.Value;
        var own = GpuForecaster.Default.Calibrate(new(work, card, plain * 3));
        using var provider = new ServiceCollection().AddSingleton(own).AddDeepGpuHardware().BuildServiceProvider();
        provider.GetRequiredService<GpuAdvisor>().Recommend(work).Cards.Single(one => one.Card == card)
            .Forecast.StepTime!.Value.Value.Should().BeGreaterThan(plain * 2);
    }

    private sealed record ShortName : IGpuCriterion
    {
        public string Name { get; init; } = "short name";

        public string Unit => "letters";

        public double? Measure(GpuCandidate candidate) => candidate.Card.Name.Length;

        public double Score(GpuCandidate candidate, double value, double best) => 1 / value;
    }
}
