using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace DeepGpu.Benchmarks;

/// <summary>One batch of 64 added to a metric's sums.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class MetricUpdateBenchmark
{
    private readonly MetricState _accuracy = Metric.Accuracy().Begin();
    private readonly torch.Tensor _indices = torch.randint(0, 10, 64);
    private readonly torch.Tensor _probabilities = torch.rand(64, 10).softmax(-1);

    [Benchmark]
    public void Accuracy() => _accuracy.Add(_indices, _probabilities);

    /// <summary>The usual way by hand: count, and wait for the number.</summary>
    [Benchmark(Baseline = true)]
    public long ByHand()
    {
        using var scope = torch.NewDisposeScope();
        return _probabilities.argmax(1).eq(_indices).sum().item<long>();
    }
}
