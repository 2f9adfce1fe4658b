using DeepGpu.Hardware;

namespace DeepGpu.Tests.Runtime;

public class MicroBenchmarkTests
{
    [Fact]
    public void A_measurement_of_this_machine_corrects_forecasts()
    {
        var card = GpuCatalog.Default.Find("GeForce RTX 3090");
        var measured = MicroBenchmark.Run(card, Device.Cpu, TimeSpan.FromMilliseconds(1));
        measured.StepTime.Should().BePositive();
        GpuForecaster.Default.Calibrate(measured).Forecast(measured.Workload, card).StepTime!.Value.Value.TotalSeconds.Should()
            .BeApproximately(measured.StepTime.TotalSeconds, 0.15 * measured.StepTime.TotalSeconds);
    }
}
