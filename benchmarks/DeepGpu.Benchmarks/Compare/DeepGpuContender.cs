using System.Diagnostics;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>This library, as its users call it.</summary>
internal sealed class DeepGpuContender : IContender
{
    private readonly Model _model;
    private readonly Dataset _data;
    private readonly NDArray[] _singles;

    public DeepGpuContender(Network network, Device device)
    {
        var inputs = NDArray.From<float>(SampleData.Inputs(network), [network.Samples, .. network.Shape]);
        var targets = network.IsImage
            ? NDArray.From<long>(SampleData.Classes(network), network.Samples)
            : NDArray.From<float>(SampleData.Numbers(network), network.Samples, 1);
        _data = Dataset.FromArrays(inputs, targets);
        _singles = [.. Enumerable.Range(0, Network.Singles).Select(i => _data.Input.Slice(i, 1))];
        var clock = Stopwatch.StartNew();
        _model = network.Spec().ToModel(device, seed: 1);
        _model.Predict(_singles[0]);
        FirstMilliseconds = clock.Elapsed.TotalMilliseconds;
        _model.Compile(Optimizer.Adam(), network.IsImage ? Loss.SparseCategoricalCrossentropy() : Loss.MeanSquaredError());
    }

    public static DeepGpuContender Trusting(Network network, Device device)
    {
        TorchRuntime.Start(new TorchRuntimeOptions { Numerics = TorchNumerics.Trust });
        return new(network, device);
    }

    public double FirstMilliseconds { get; }

    public void Fit() => _model.Fit(_data, epochs: Network.Epochs, batchSize: Network.BatchSize);

    public void Predict()
    {
        for (var i = 0; i < Network.Epochs; i++) _model.Predict(_data.Inputs, batchSize: Network.BatchSize);
    }

    public void PredictOne()
    {
        foreach (var single in _singles) _model.Predict(single);
    }

    public void Dispose() => _model.Dispose();
}
