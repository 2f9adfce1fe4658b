using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

/// <summary>Forecasts of cards whose vendor was never fitted, against what users measured: section 3 of the buyer's review.</summary>
public class OtherVendorsTests
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    private static readonly ModelSpec ResNet = Applications.Find("torchvision/resnet50").Build(new());

    [Fact]
    public void A_7900_XTX_trains_ResNet_50_as_fast_as_measured()
    {
        var forecast = On("Radeon RX 7900 XTX", NumberFormat.Float32).SamplesPerSecond!.Value;
        forecast.Value.Should().BeApproximately(348, 0.3 * 348);
        forecast.Low.Should().BeLessThan(348);
        forecast.High.Should().BeGreaterThan(348);
    }

    [Fact]
    public void An_RTX_A2000_trains_faster_than_an_M4_Max()
        => Step("RTX A2000", NumberFormat.Float32).Should().BeLessThan(Step("M4 Max", NumberFormat.Float32));

    [Fact]
    public void An_RTX_3090_trains_faster_than_a_7900_XTX()
        => Step("GeForce RTX 3090", NumberFormat.Float32).Should().BeLessThan(Step("Radeon RX 7900 XTX", NumberFormat.Float32));

    [Fact]
    public void An_H100_reaches_more_than_an_MI300X()
    {
        ReachedRates.Default.Of(Catalog.Find("H100 SXM5"), NumberFormat.BFloat16)!.Value.Should()
            .BeGreaterThan(ReachedRates.Default.Of(Catalog.Find("Instinct MI300X"), NumberFormat.BFloat16)!.Value);
        Step("H100 SXM5", NumberFormat.BFloat16).Should().BeLessThan(Step("Instinct MI300X", NumberFormat.BFloat16));
    }

    [Theory]
    [InlineData("Radeon RX 7900 XTX")]
    [InlineData("M4 Max")]
    [InlineData("Arc B580")]
    public void The_interval_of_a_vendor_never_measured_is_wider(string name)
        => Width(On(name, NumberFormat.Float32)).Should().BeGreaterThan(1.3 * Width(On("GeForce RTX 3090", NumberFormat.Float32)));

    private static double Width(GpuForecast forecast) => forecast.StepTime!.Value.High / forecast.StepTime.Value.Low;

    private static TimeSpan Step(string card, NumberFormat format) => On(card, format).StepTime!.Value.Value;

    private static GpuForecast On(string card, NumberFormat format)
        => GpuForecaster.Default.Forecast(ResNet.Training(64, format), Catalog.Find(card));
}
