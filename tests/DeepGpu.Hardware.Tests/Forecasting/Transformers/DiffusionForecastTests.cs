using DeepGpu.Forecasts.Transformers;
namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

public class DiffusionForecastTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("GeForce RTX 4090");

    private static DiffusionShape Model(string name) => DiffusionPart.Model(name)!;

    private static DiffusionForecast Forecast(DiffusionRequest request) => DiffusionForecaster.Default.Forecast(request, Card);

    /// <summary>What the published weights hold.</summary>
    [Theory]
    [InlineData("SD 1.x UNet", 859_520_964)]
    [InlineData("stabilityai/stable-diffusion-2-1", 865_910_724)]
    [InlineData("stabilityai/stable-diffusion-xl-base-1.0", 2_567_463_684)]
    [InlineData("stabilityai/stable-diffusion-3-medium-diffusers", 2_028_328_000)]
    [InlineData("stabilityai/stable-diffusion-3.5-medium", 2_243_171_520)]
    [InlineData("stabilityai/stable-diffusion-3.5-large", 8_056_627_520)]
    [InlineData("PixArt-alpha/PixArt-Sigma-XL-2-1024-MS", 610_856_096)]
    public void Weights_are_counted_to_the_last_one(string model, long weights) => Model(model).ParameterCount.Should().Be(weights);

    /// <summary>Products grow with the cells, attention with their square; a part of a cell counts whole.</summary>
    [Fact]
    public void Work_follows_from_the_size_of_the_picture()
    {
        var model = Model("SD 1.x UNet");
        model.Elements(1024, 512).Should().Be(2 * model.Elements(512, 512));
        model.Scores(1024, 512).Should().Be(4 * model.Scores(512, 512));
        model.Flops(1024, 512).Should().BeInRange(2 * model.Flops(512, 512), 4 * model.Flops(512, 512));
        model.Flops(505, 512).Should().Be(model.Flops(512, 512));
        (model.Flops(512, 512) / 2 / 401e9).Should().BeApproximately(1, 0.03); // 401 GMACs of an evaluation at 64 x 64
    }

    [Fact]
    public void Steps_pictures_and_guidance_take_time()
    {
        var plain = new DiffusionRequest { Model = Model("stabilityai/stable-diffusion-xl-base-1.0"), Width = 1024, Height = 768 };
        var f = Forecast(plain);
        f.StepTime!.Value.Low.Should().BeLessThan(f.StepTime.Value.Value);
        f.StepTime.Value.High.Should().BeGreaterThan(f.StepTime.Value.Value);
        var twice = Forecast(plain with { Steps = 40 });
        (twice.TotalTime!.Value.Value - f.TotalTime!.Value.Value).TotalSeconds.Should()
            .BeApproximately(20 * f.StepTime.Value.Value.TotalSeconds, 1e-3);
        Forecast(plain with { Guidance = false }).StepTime!.Value.Value.Should().BeLessThan(f.StepTime.Value.Value);
        Forecast(plain with { Images = 4 }).StepTime!.Value.Value.Should().BeGreaterThan(3 * f.StepTime.Value.Value);
        f.ToString().Should().Contain("s an image");
    }

    [Fact]
    public void Weights_that_are_larger_than_the_card_do_not_fit()
    {
        var large = new DiffusionRequest { Model = Model("stabilityai/stable-diffusion-3.5-large") };
        DiffusionForecaster.Default.Forecast(large, GpuCatalog.Default.Find("GeForce RTX 3060 12GB")).Fits.Should()
            .Be(FitVerdict.DoesNotFit);
        Forecast(large).Fits.Should().BeNull();
    }

    [Fact]
    public void Counts_below_one_are_refused()
    {
        var request = new DiffusionRequest { Model = Model("SD 1.x UNet") };
        foreach (var wrong in new[] { request with { Width = 0 }, request with { Height = -8 }, request with { Steps = 0 },
            request with { Images = 0 } })
            FluentActions.Invoking(() => Forecast(wrong)).Should().Throw<DeepGpuArgumentException>();
    }
}
