using BenchmarkDotNet.Attributes;
using DeepGpu.Hardware;

namespace DeepGpu.Benchmarks;

/// <summary>Ranking the whole catalogue, the catalogue already read. The bar: below 5 ms.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class RankingBenchmark
{
    private readonly GpuAdvisor _advisor = GpuAdvisor.Default;
    private readonly Requirements _requirements =
        new() { MaxPower = Power.FromWatts(300), MinimumVram = ByteSize.FromGibibytes(16), Vendor = GpuVendor.Nvidia };

    [Benchmark(Baseline = true)]
    public GpuRanking RankCatalogue() => _advisor.Rank(WorkloadProfile.Cnn);

    [Benchmark]
    public GpuRanking RankWithRequirements() => _advisor.Rank(WorkloadProfile.Cnn, requirements: _requirements);

    [Benchmark]
    public string RankAndExplain() => _advisor.Rank(WorkloadProfile.Cnn, requirements: _requirements).ToString();

    [Benchmark]
    public string RankAsJson() => _advisor.Rank(WorkloadProfile.Cnn).ToJson();
}
