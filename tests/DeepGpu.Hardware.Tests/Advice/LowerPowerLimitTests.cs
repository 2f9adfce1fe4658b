using System.Globalization;
using System.Text.Json;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Advice;

public class LowerPowerLimitTests
{
    private static readonly Workload ResNet = Applications.Find("torchvision/resnet50").Build().Training(64);

    [Fact]
    public void A_pick_says_what_a_lower_limit_would_save()
    {
        var choice = GpuAdvisor.Default.Recommend(ResNet);
        var pick = choice.Picks.First(pick => pick.LowerLimit is not null);
        var (limit, card) = (pick.LowerLimit!, pick.Gpu.Card);
        limit.Limit.Should().BeLessThan(card.Tdp!.Value);
        limit.TimeFactor.Should().BeInRange(1, 1.1);
        limit.EnergyFactor.Should().BeLessThanOrEqualTo(0.95);
        var limited = GpuForecaster.Default.Forecast(ResNet, card, pick.Gpu.Forecast.Options with { PowerLimit = limit.Limit });
        (limited.StepTime!.Value.Value / pick.Gpu.Forecast.StepTime!.Value.Value).Should().BeApproximately(limit.TimeFactor, 1e-9);
        (limited.EnergyPerSample!.Value.Value.Joules / pick.Gpu.Forecast.EnergyPerSample!.Value.Value.Joules)
            .Should().BeApproximately(limit.EnergyFactor, 1e-9);
        var words = string.Create(CultureInfo.InvariantCulture, $"at {limit.Limit.Watts:0} W it takes {100 * (limit.TimeFactor - 1):0} % "
            + $"longer and {100 * (1 - limit.EnergyFactor):0} % less energy");
        limit.ToString().Should().Be(words);
        pick.Reason.Should().EndWith($"; {words}.");
        choice.ToString().Should().Contain(words);
    }

    [Fact]
    public void No_other_limit_within_a_tenth_of_the_time_saves_more()
    {
        var pick = GpuAdvisor.Default.Recommend(ResNet).Picks.First(pick => pick.LowerLimit is not null);
        var full = pick.Gpu.Forecast;
        for (var share = 0.5; share < 1; share += 0.05)
        {
            var watts = 5 * Math.Ceiling(share * full.Card.Tdp!.Value.Watts / 5 - 1e-9);
            var limited = GpuForecaster.Default.Forecast(ResNet, full.Card,
                full.Options with { PowerLimit = Power.FromWatts(watts) });
            if (limited.StepTime!.Value.Value <= 1.1 * full.StepTime!.Value.Value)
                (limited.EnergyPerSample!.Value.Value.Joules / full.EnergyPerSample!.Value.Value.Joules)
                    .Should().BeGreaterThanOrEqualTo(pick.LowerLimit!.EnergyFactor - 1e-9);
        }
    }

    [Fact]
    public void Where_a_limit_was_given_none_is_proposed()
    {
        var options = new RecommendationOptions { Forecast = new() { PowerLimit = Power.FromWatts(120) } };
        var (plain, limited) = (GpuAdvisor.Default.Recommend(ResNet), GpuAdvisor.Default.Recommend(ResNet, options: options));
        limited.Picks.Should().OnlyContain(pick => pick.LowerLimit == null);
        limited.Cards.Single(card => card.Card.Name == "GeForce RTX 3090").RunTime.Value
            .Should().BeGreaterThan(plain.Cards.Single(card => card.Card.Name == "GeForce RTX 3090").RunTime.Value);
    }

    [Fact]
    public void A_network_that_waits_for_the_host_has_nothing_to_save()
        => GpuAdvisor.Default.Recommend(Sequential.Input(7).Dense(3).Build().Training(5)).Picks
            .Should().NotBeEmpty().And.OnlyContain(pick => pick.LowerLimit == null);

    [Fact]
    public void Json_holds_the_limit_of_each_pick()
    {
        var choice = GpuAdvisor.Default.Recommend(ResNet);
        using var json = JsonDocument.Parse(choice.ToJson());
        var picks = json.RootElement.GetProperty("picks").EnumerateArray().ToList();
        foreach (var (written, pick) in picks.Zip(choice.Picks))
        {
            var limit = written.GetProperty("lowerPowerLimit");
            if (pick.LowerLimit is not { } known) limit.ValueKind.Should().Be(JsonValueKind.Null);
            else limit.GetProperty("watts").GetDouble().Should().Be(known.Limit.Watts);
        }
    }
}
