using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

/// <summary>Steps on a processor against those measured (benchmarks/RESULTS.md, 2 cores of an AMD EPYC at 2.60 GHz).</summary>
public class ProcessorTests
{
    private static readonly Processor TwoCores =
        new("2 cores", ComputeRate.FromTeraflops(2 * 32 * 2.6e-3), Bandwidth.FromGigabytesPerSecond(40), "A test.");

    /// <summary>Milliseconds of a step of 64 samples, benchmarks/RESULTS.md.</summary>
    private static readonly (string Network, bool IsTraining, double Milliseconds)[] Rows =
    [
        ("cnn", true, 12.82), ("cnn", false, 4.40),
        ("rnn (50,10)", true, 2.59), ("rnn (50,10)", false, 1.18), ("rnn (200,32)", true, 8.40), ("rnn (200,32)", false, 3.26),
        ("lstm (50,10)", true, 5.08), ("lstm (50,10)", false, 1.61), ("lstm (200,32)", true, 26.16), ("lstm (200,32)", false, 10.84),
        ("gru (50,10)", true, 8.19), ("gru (50,10)", false, 3.20), ("gru (200,32)", true, 23.69), ("gru (200,32)", false, 9.80),
    ];

    public static TheoryData<string, bool, double> Measured => [.. Rows];

    [Theory]
    [MemberData(nameof(Measured))]
    public void A_measured_step_lies_within_its_interval(string network, bool isTraining, double milliseconds)
    {
        var step = TwoCores.Forecast(Work(network, isTraining));
        step.Low.TotalMilliseconds.Should().BeLessThanOrEqualTo(milliseconds);
        step.High.TotalMilliseconds.Should().BeGreaterThanOrEqualTo(milliseconds);
    }

    [Fact]
    public void The_figures_are_the_least_squares_of_the_measured_steps()
    {
        var fitted = Fit(Rows);
        ProcessorModel.Default.ComputeShare.Should().BeApproximately(fitted.ComputeShare, 0.005);
        ProcessorModel.Default.SequentialStepSeconds.Should().BeApproximately(fitted.SequentialStepSeconds, 0.2e-6);
    }

    [Fact]
    public void The_interval_holds_for_a_network_that_is_left_out_of_the_fit()
        => Rows.GroupBy(row => row.Network).SelectMany(left =>
        {
            var fitted = Fit([.. Rows.Where(row => row.Network != left.Key)]);
            return left.Select(row => Math.Exp(Math.Abs(Error(fitted, row))));
        }).Max().Should().BeInRange(2.2, ProcessorModel.Default.Factor);

    [Fact]
    public void A_faster_processor_may_be_no_faster_than_the_measured_one()
    {
        var work = Work("cnn", true);
        var (two, many) = (TwoCores.Forecast(work), Processor.From(GpuCatalog.Default.FindCpu("EPYC 9654")).Forecast(work));
        many.Low.Should().BeLessThan(two.Low);
        many.High.Should().Be(two.High);
        many.Basis.Should().Contain("was not measured");
        two.Basis.Should().NotContain("was not measured");
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

    /// <summary>The share of the rate and the start of a step with the least squares of the logarithms, the other figures as they are:
    /// one after the other is moved by ever smaller factors while that helps.</summary>
    private static ProcessorModel Fit(IReadOnlyList<(string Network, bool IsTraining, double Milliseconds)> rows)
    {
        var model = ProcessorModel.Default;
        for (var factor = 1.5; factor > 1.0001; factor = Math.Sqrt(factor))
        {
            for (var before = double.MaxValue; Squares(model) < before;)
            {
                before = Squares(model);
                foreach (var by in (double[])[factor, 1 / factor])
                {
                    foreach (var moved in (ProcessorModel[])
                        [
                            model with { ComputeShare = model.ComputeShare * by },
                            model with { SequentialStepSeconds = model.SequentialStepSeconds * by },
                        ])
                    {
                        if (Squares(moved) < Squares(model)) model = moved;
                    }
                }
            }
        }

        return model;

        double Squares(ProcessorModel tried) => rows.Sum(row => Math.Pow(Error(tried, row), 2));
    }

    private static double Error(ProcessorModel model, (string Network, bool IsTraining, double Milliseconds) row)
        => Math.Log(model.Step(Work(row.Network, row.IsTraining), TwoCores).Value.TotalMilliseconds / row.Milliseconds);

    private static Workload Work(string network, bool isTraining)
        => isTraining ? Network(network).Training(64) : Network(network).Inference(64);

    private static ModelSpec Network(string name) => name switch
    {
        "cnn" => Sequential.Input(28, 28, 1).Conv2D(32, 3, Activation.Relu).MaxPooling2D(2).Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax).Build(),
        "rnn (50,10)" => Sequential.Input(50, 10).SimpleRNN(64).Dense(1).Build(),
        "rnn (200,32)" => Sequential.Input(200, 32).SimpleRNN(64).Dense(1).Build(),
        "lstm (50,10)" => Sequential.Input(50, 10).LSTM(64).Dense(1).Build(),
        "lstm (200,32)" => Sequential.Input(200, 32).LSTM(64).Dense(1).Build(),
        "gru (50,10)" => Sequential.Input(50, 10).GRU(64).Dense(1).Build(),
        "gru (200,32)" => Sequential.Input(200, 32).GRU(64).Dense(1).Build(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
