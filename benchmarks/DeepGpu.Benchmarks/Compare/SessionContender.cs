using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace DeepGpu.Benchmarks;

/// <summary>The exported network in ONNX Runtime's own session, whose inputs lie ready as its values; outputs are not copied.</summary>
internal sealed class SessionContender : IContender
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _batches;
    private readonly OrtValue[] _singles;

    public SessionContender(Network network)
    {
        var bytes = Bytes(network);
        var inputs = SampleData.Inputs(network);
        _batches = [.. Enumerable.Range(0, network.Batches).Select(i => Value(network, inputs, i * Network.BatchSize, Network.BatchSize))];
        _singles = [.. Enumerable.Range(0, Network.Singles).Select(i => Value(network, inputs, i, 1))];
        var clock = Stopwatch.StartNew();
        _session = new(bytes);
        Run(_singles[..1]);
        FirstMilliseconds = clock.Elapsed.TotalMilliseconds;
    }

    public double FirstMilliseconds { get; }

    public void Fit() => throw new NotSupportedException("A session does not train.");

    public void Predict()
    {
        for (var i = 0; i < Network.Epochs; i++) Run(_batches);
    }

    public void PredictOne() => Run(_singles);

    public void Dispose()
    {
        foreach (var value in _batches.Concat(_singles)) value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private static byte[] Bytes(Network network)
    {
        using var model = network.Spec().ToModel(Device.Cpu, seed: 1);
        return model.ToOnnx();
    }

    private static OrtValue Value(Network network, float[] inputs, int start, int count)
    {
        var row = inputs.Length / network.Samples;
        return OrtValue.CreateTensorValueFromMemory(inputs[(start * row)..((start + count) * row)],
            [count, .. network.Shape.Select(length => (long)length)]);
    }

    private void Run(OrtValue[] values)
    {
        foreach (var value in values)
        {
            using var outputs = _session.Run(_options, _session.InputNames, [value], _session.OutputNames);
        }
    }
}
