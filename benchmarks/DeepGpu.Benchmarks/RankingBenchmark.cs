using BenchmarkDotNet.Attributes;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>Ranking the whole catalogue for a model, the catalogue already read.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class RankingBenchmark
{
    private readonly Workload _training = Sequential.Input(28, 28, 1).Conv2D(32, 3).Flatten().Dense(10).Build().Training(batchSize: 64);

    [Benchmark]
    public Recommendation RankCatalogue() => GpuAdvisor.Default.Recommend(_training);
}
