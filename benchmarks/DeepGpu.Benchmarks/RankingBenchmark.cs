using BenchmarkDotNet.Attributes;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>Ranking the whole catalogue, the catalogue already read. The bar: below 5 ms.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class RankingBenchmark
{
    private readonly Workload _training = Sequential.Input(28, 28, 1).Conv2D(32, 3).Flatten().Dense(10).Build().Training(batchSize: 64);
    private readonly Requirements _requirements =
        new() { MaxPower = Power.FromWatts(300), MinimumVram = ByteSize.FromGibibytes(16), Vendor = GpuVendor.Nvidia };

    [Benchmark(Baseline = true)]
    public Recommendation RankCatalogue() => GpuAdvisor.Default.Recommend(_training);

    [Benchmark]
    public Recommendation RankWithRequirements() => GpuAdvisor.Default.Recommend(_training, _requirements);

    [Benchmark]
    public string RankAndExplain() => GpuAdvisor.Default.Recommend(_training, _requirements).ToString();

    [Benchmark]
    public string RankAsJson() => GpuAdvisor.Default.Recommend(_training).ToJson();
}
