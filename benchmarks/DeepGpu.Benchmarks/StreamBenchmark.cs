using BenchmarkDotNet.Attributes;

namespace DeepGpu.Benchmarks;

/// <summary>One epoch of batches of 64 from 4,096 images of 28 x 28, read as a stream, without a model.</summary>
[MemoryDiagnoser]
public class StreamBenchmark
{
    private Dataset _data = null!;

    [GlobalSetup]
    public void Setup() => _data = Datasets.GeneratedDigits(4_096, 1).Train;

    [Benchmark(Baseline = true)]
    public int InTheCallersThread() => Count(_data.ToStream());

    [Benchmark]
    public int ShuffledAndPrefetched() => Count(_data.ToStream().Shuffle(4_096).Prefetch());

    [Benchmark]
    public int PrefetchedByTwoWorkers() => Count(_data.ToStream().Prefetch(batches: 2, workers: 2));

    private static int Count(DataStream stream) => stream.Batches(1, 64).Sum(batch => batch.Count);
}
