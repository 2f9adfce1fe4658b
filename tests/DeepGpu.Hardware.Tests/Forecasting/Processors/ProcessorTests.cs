using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

/// <summary>Steps on a processor against those measured (benchmarks/RESULTS.md, 2 cores of an AMD EPYC at 2.60 GHz).</summary>
public class ProcessorTests
{
    private static readonly Processor TwoCores =
        new("2 cores", ComputeRate.FromTeraflops(2 * 32 * 2.6e-3), Bandwidth.FromGigabytesPerSecond(40), "A test.");

    [Theory]
    [InlineData("cnn", true, 12.82)]
    [InlineData("cnn", false, 4.40)]
    [InlineData("rnn (50,10)", true, 2.59)]
    [InlineData("rnn (50,10)", false, 1.18)]
    [InlineData("rnn (200,32)", true, 8.40)]
    [InlineData("rnn (200,32)", false, 3.26)]
    [InlineData("lstm (50,10)", true, 5.08)]
    [InlineData("lstm (50,10)", false, 1.61)]
    [InlineData("lstm (200,32)", true, 26.16)]
    [InlineData("lstm (200,32)", false, 10.84)]
    public void A_measured_step_lies_within_its_interval(string network, bool isTraining, double milliseconds)
    {
        var spec = Network(network);
        var step = TwoCores.Forecast(isTraining ? spec.Training(64) : spec.Inference(64));
        step.Low.TotalMilliseconds.Should().BeLessThanOrEqualTo(milliseconds);
        step.High.TotalMilliseconds.Should().BeGreaterThanOrEqualTo(milliseconds);
    }

    [Fact]
    public void A_processor_of_the_catalogue_has_its_rate_and_bandwidth()
    {
        var cpu = GpuCatalog.Default.FindCpu("EPYC 9654");
        Processor.From(cpu).Forecast(Network("cnn").Training(64)).Value.Should()
            .BeLessThan(TwoCores.Forecast(Network("cnn").Training(64)).Value);
    }

    [Fact]
    public void This_machines_is_measured_once()
    {
        Processor.OfThisMachine.Float32Rate.Teraflops.Should().BeInRange(0.005, 100);
        Processor.OfThisMachine.Bandwidth.GigabytesPerSecond.Should().BeInRange(0.5, 5000);
        Processor.OfThisMachine.Should().BeSameAs(Processor.OfThisMachine);
    }

    private static ModelSpec Network(string name) => name switch
    {
        "cnn" => Sequential.Input(28, 28, 1).Conv2D(32, 3, Activation.Relu).MaxPooling2D(2).Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax).Build(),
        "rnn (50,10)" => Sequential.Input(50, 10).SimpleRNN(64).Dense(1).Build(),
        "rnn (200,32)" => Sequential.Input(200, 32).SimpleRNN(64).Dense(1).Build(),
        "lstm (50,10)" => Sequential.Input(50, 10).LSTM(64).Dense(1).Build(),
        _ => Sequential.Input(200, 32).LSTM(64).Dense(1).Build(),
    };
}
