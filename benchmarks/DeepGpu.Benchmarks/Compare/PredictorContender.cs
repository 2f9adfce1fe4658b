using System.Diagnostics;

namespace DeepGpu.Benchmarks;

/// <summary>The exported network, as users of <see cref="OnnxPredictor"/> call it.</summary>
internal sealed class PredictorContender : IContender
{
    private readonly OnnxPredictor _predictor;
    private readonly NDArray _inputs;
    private readonly NDArray[] _singles;

    public PredictorContender(Network network)
    {
        _inputs = NDArray.From<float>(SampleData.Inputs(network), [network.Samples, .. network.Shape]);
        _singles = [.. Enumerable.Range(0, Network.Singles).Select(i => _inputs.Slice(i, 1))];
        using var model = network.Spec().ToModel(Device.Cpu, seed: 1);
        var bytes = model.ToOnnx();
        var clock = Stopwatch.StartNew();
        _predictor = OnnxPredictor.Load(bytes);
        _predictor.Predict(_singles[0]);
        FirstMilliseconds = clock.Elapsed.TotalMilliseconds;
    }

    public double FirstMilliseconds { get; }

    public void Fit() => throw new NotSupportedException("A predictor does not train.");

    public void Predict()
    {
        for (var i = 0; i < Network.Epochs; i++) _predictor.Predict(_inputs, Network.BatchSize);
    }

    public void PredictOne()
    {
        foreach (var single in _singles) _predictor.Predict(single);
    }

    public void Dispose() => _predictor.Dispose();
}
