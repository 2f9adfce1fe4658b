using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Recommendations;

/// <summary>Recommendations on a processor of stated rates and on one day.</summary>
internal static class AdviceFixture
{
    public static readonly RecommendationOptions Plain = new()
    {
        Processor = new("a processor of 2 cores", ComputeRate.FromTeraflops(0.166), Bandwidth.FromGigabytesPerSecond(40), "A test."),
        Today = new(2026, 11, 30),
    };

    public static Recommendation Advise(Workload work, ForecastOptions? forecast = null)
        => GpuAdvisor.Default.Recommend(work, options: Plain with { Forecast = forecast ?? ForecastOptions.Default });

    public static ModelSpec TorchVision(string name) => Applications.Find("torchvision/" + name).Build(new());

    public static ModelSpec Listing(string name) => name switch
    {
        "cnn" => Sequential.Input(28, 28, 1).Conv2D(32, 3, Activation.Relu).MaxPooling2D(2).Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax).Build(),
        "simple_rnn" => Sequential.Input(20, 10).SimpleRNN(64).Dense(1, Activation.Sigmoid).Build(),
        "lstm" => Sequential.Input(20, 10).LSTM(64).Dense(1, Activation.Sigmoid).Build(),
        _ => Sequential.Input(20, 10).GRU(64).Dense(1, Activation.Sigmoid).Build(),
    };
}
