using BenchmarkDotNet.Attributes;
using DeepGpu.Data;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Benchmarks;

/// <summary>A shuffled epoch of batches of 64 without a model: resident data against TorchSharp's DataLoader.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class BatchingBenchmark
{
    private const int Samples = 6400;

    private readonly Dataset _data;
    private readonly BatchSource _resident;
    private readonly TorchSharp.Modules.IterableDataLoader _loader;

    public BatchingBenchmark()
    {
        TorchRuntime.Start();
        AllocatorTuning.KeepLargeBlocks();
        var random = new Random(1);
        _data = Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, Samples * 784).Select(_ => random.NextSingle())], Samples,
            28, 28, 1), NDArray.Zeros(DataType.Int64, Samples));
        _resident = ((DataSource)_data)
            .Open(new(Sequential.Input(28, 28, 1).Flatten().Dense(1).Build(), [null]), torch.CPU, shuffleSeed: 1);
        _loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.rand(Samples, 1, 28, 28),
            torch.zeros(Samples, torch.ScalarType.Int64)), 64, shuffle: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Samples / 64)]
    public void ResidentData()
    {
        using var batches = _resident.Epoch(1, 64).GetEnumerator();
        while (Next(batches))
        {
        }
    }

    [Benchmark(OperationsPerInvoke = Samples / 64)]
    public void TorchSharpDataLoader()
    {
        foreach (var _ in _loader)
        {
        }
    }

    private static bool Next(IEnumerator<TensorBatch> batches)
    {
        using var scope = torch.NewDisposeScope();
        return batches.MoveNext();
    }
}
