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
    public async Task A_detector_of_ones_own_stands()
    {
        using var provider = new ServiceCollection().AddSingleton(new GpuDetector([new FakeGpuMachine(new FakeGpu())]))
            .AddDeepGpuHardware().BuildServiceProvider();
        (await provider.GetRequiredService<GpuDetector>().DetectAsync(TestContext.Current.CancellationToken))
            .Devices.Should().ContainSingle();
    }
}
