using System.Diagnostics;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Trains a small convolutional network on the machine at hand for a few seconds,
/// so that forecasts can be corrected by what it reaches.</summary>
public static class MicroBenchmark
{
    private const int Batch = 64;
    private const int Steps = 4;
    private const int Classes = 10;

    private static readonly TimeSpan Standard = TimeSpan.FromSeconds(5);

    /// <summary>Measures a training step; hand the result to <see cref="GpuForecaster.Calibrate"/>.</summary>
    /// <param name="card">The card that <paramref name="device"/> is, e.g. as detected.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="duration">How long to measure after one round to warm up; null for 5 seconds.</param>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    public static GpuMeasurement Run(GpuSpec card, Device device, TimeSpan? duration = null)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(device);
        var network = Network();
        using var model = network.ToModel(device, seed: 1);
        model.Compile(Optimizer.Sgd(momentum: 0.9), Loss.SparseCategoricalCrossentropy());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, Batch * Steps, 64, 64, 3),
            NDArray.Zeros(DataType.Int64, Batch * Steps));
        model.Fit(data, batchSize: Batch, verbosity: Verbosity.Silent);
        return new(network.Training(Batch), card,
            StepTime(() => model.Fit(data, batchSize: Batch, verbosity: Verbosity.Silent), duration ?? Standard));
    }

    private static TimeSpan StepTime(Action round, TimeSpan duration)
    {
        var (watch, rounds) = (Stopwatch.StartNew(), 0);
        do
        {
            round();
            rounds++;
        }
        while (watch.Elapsed < duration);
        return watch.Elapsed / (rounds * Steps);
    }

    private static ModelSpec Network() => Sequential.Input(64, 64, 3)
        .Conv2D(64, 3, Activation.Relu, padding: Padding.Same).Conv2D(64, 3, padding: Padding.Same)
        .BatchNormalization().Activate(Activation.Relu).MaxPooling2D(2)
        .Conv2D(128, 3, Activation.Relu, padding: Padding.Same).Conv2D(128, 1, Activation.Relu)
        .GlobalAveragePooling2D().Dense(Classes, Activation.Softmax)
        .Build("micro_benchmark");
}
