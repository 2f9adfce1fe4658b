using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting.Memory;

public class PeakChanceTests
{
    private static readonly LogInterval Usual = new(-0.07, 0.05, 169, 3.9), Sure = new(-0.14, 0.16, 169, 3.9);

    /// <summary>The shares of left-out peaks that the ends of the measured intervals have below them.</summary>
    [Theory]
    [InlineData(-0.14, 0.01)]
    [InlineData(-0.07, 0.10)]
    [InlineData(0, 0.50)]
    [InlineData(0.05, 0.90)]
    [InlineData(0.16, 0.99)]
    [InlineData(0.025, 0.70)]
    public void The_chance_is_the_share_of_peaks_that_stayed_below(double excess, double share)
        => new PeakChance(1e9, Usual, Sure).Below(1e9 * Math.Exp(excess)).Should().BeApproximately(share, 1e-6);

    [Fact]
    public void Nothing_is_sure()
    {
        var chance = new PeakChance(1e9, Usual, Sure);
        chance.Below(1e12).Should().Be(0.995);
        chance.Below(1).Should().Be(0.005);
        chance.Below(-5).Should().Be(0.005);
    }

    /// <summary>What surely fits fits 99 times in 100; what does not, hardly ever; more is less likely.</summary>
    [Fact]
    public void Verdict_and_chance_agree_at_every_batch()
    {
        var card = GpuCatalog.Default.Find("GeForce RTX 3060 12GB");
        var workload = Sequential.Input(224, 224, 3).Conv2D(64, 3, Activation.Relu).Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Flatten().Dense(10, Activation.Softmax).Build().Training(1);
        var before = 1.0;
        foreach (var batch in Enumerable.Range(0, 12).Select(power => 1 << power))
        {
            var f = GpuForecaster.Default.Forecast(MemoryFitting.AtBatch(workload, batch), card);
            if (f.Fits == FitVerdict.Fits) f.ProbabilityThatItFits.Should().BeGreaterThanOrEqualTo(0.99);
            if (f.Fits == FitVerdict.DoesNotFit) f.ProbabilityThatItFits.Should().BeLessThanOrEqualTo(0.01);
            f.ProbabilityThatItFits.Should().BeLessThanOrEqualTo(before);
            before = f.ProbabilityThatItFits;
        }

        before.Should().Be(0.005);
    }
}
