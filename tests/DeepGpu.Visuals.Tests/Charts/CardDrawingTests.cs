using DeepGpu.Hardware;
using DeepGpu.Models;
using DeepGpu.Visuals.Charts;

namespace DeepGpu.Visuals.Tests.Charts;

/// <summary>What the charts of cards place where.</summary>
public class CardDrawingTests
{
    private static readonly Workload Work = Sequential.Input(64, 64, 3).Conv2D(32, 3).Conv2D(32, 1).Flatten().Dense(10).Build()
        .Training(batchSize: 32);

    private static readonly GpuForecast Forecast = GpuForecaster.Default.Forecast(Work, GpuCatalog.Default.Find("A100 PCIe 80GB"));

    private static readonly Recommendation Cards = GpuAdvisor.Default.Recommend(Work);

    [Fact]
    public void A_roof_rises_with_the_bandwidth_up_to_the_peak()
    {
        var roof = new Roof(Forecast);
        var line = roof.Line(-1, 4).ToList();
        line[0].Y.Should().BeApproximately(Math.Log10(0.1 * Forecast.Card.Bandwidth.BytesPerSecond), 1e-9);
        line[1].X.Should().BeApproximately(Math.Log10(roof.Rate / Forecast.Card.Bandwidth.BytesPerSecond), 1e-9);
        line[2].Y.Should().BeApproximately(Math.Log10(Forecast.Card.RateAt(Work.Precision)!.Value.FlopsPerSecond), 1e-9);
    }

    [Fact]
    public void A_layer_lies_at_its_operations_by_bytes_and_by_seconds()
    {
        var roof = new Roof(Forecast);
        roof.Layers.Should().HaveCount(3);
        var dense = Work.Operations.Where(operation => operation.Name == "dense").ToList();
        var flops = dense.Sum(operation => operation.ForwardFlops + operation.BackwardFlops);
        var seconds = Forecast.Layers.Single(layer => layer.Name == "dense").Time.TotalSeconds;
        roof.Layers.Should().Contain(layer => Math.Abs(layer.Place.Y - Math.Log10(flops / seconds)) < 1e-9);
    }

    [Fact]
    public void The_front_holds_the_cards_that_none_beats_in_price_and_time()
    {
        var points = RunPoint.Of(Cards);
        var front = RunPoint.Front(points);
        foreach (var point in points)
        {
            var isBeaten = points
                .Any(other => other.Place.X <= point.Place.X && other.Place.Y <= point.Place.Y && other.Place != point.Place);
            front.Select(one => one.Place).Contains(point.Place).Should().Be(!isBeaten);
        }

        points.Count(point => !points.Any(point.IsBeatenBy)).Should().BeGreaterThanOrEqualTo(front.Count);
    }

    [Fact]
    public void A_card_of_unknown_energy_is_not_beaten()
    {
        var points = RunPoint.Of(Cards);
        var unknown = points[0] with { Energy = null };
        points.Any(unknown.IsBeatenBy).Should().BeFalse();
        points.Any(point => point.IsBeatenBy(unknown)).Should().BeFalse();
    }

    [Fact]
    public void No_card_on_sale_leaves_nothing_to_draw()
        => FluentActions.Invoking(() => GpuCharts.TimeEnergyPrice(Cards with { Cards = [] })).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*can be bought at a known price*");

    [Fact]
    public void No_forecast_leaves_nothing_to_draw()
        => FluentActions.Invoking(() => GpuCharts.Memory()).Should().Throw<DeepGpuArgumentException>().WithMessage("*at least one*");

    [Fact]
    public void Round_times_stand_at_an_axis_of_seconds()
    {
        var ticks = LogTicks.Durations(Math.Log10(50), Math.Log10(9000));
        ticks.Regenerate(new(Math.Log10(50), Math.Log10(9000)), ScottPlot.Edge.Left, 100, null!, null!);
        ticks.Ticks.Select(tick => tick.Label).Should().Equal("1 min", "2 min", "5 min", "10 min", "20 min", "30 min", "1 h", "2 h");
    }
}
