using DeepGpu.Forecasts.Transformers;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

public class TransformerGroupTests
{
    /// <summary>Every calculator has a line, not only the best; a line is beaten in mean and median or not at all.</summary>
    [Fact]
    public void Every_line_of_every_calculator_is_told_and_judged()
    {
        double[] residuals = [Math.Log(1.1), Math.Log(1.2), Math.Log(0.7)];
        var group = new TransformerGroup("decode", 10, 10, residuals, residuals, residuals, null,
            [("worse", 30, 25), ("better mean", 15, 25), ("better median", 30, 15), ("far", 400, 300)]);
        group.RuleLines.Should().HaveCount(4);
        group.RuleLines.Should().OnlyContain(line => line.Contains("forecast 20.0 / 20.0"));
        group.RuleLines.Select(line => line.EndsWith(": beaten", StringComparison.Ordinal)).Should().Equal(true, false, false, true);
    }
}
