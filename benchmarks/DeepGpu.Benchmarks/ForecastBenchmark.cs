using BenchmarkDotNet.Attributes;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>Forecasting VGG16 on every card of the catalogue, the catalogue and the description already made.
/// The bar: below 50 ms.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class ForecastBenchmark
{
    private readonly ModelSpec _vgg = Applications.VGG16();

    /// <summary>A new workload each time, so that nothing is remembered from the run before.</summary>
    [Benchmark(Baseline = true)]
    public int ForecastVgg16OnTheWholeCatalogue()
    {
        var workload = _vgg.Training(batchSize: 32);
        return GpuCatalog.Default.Cards.Count(card => GpuForecaster.Default.Forecast(workload, card).Fits == FitVerdict.Fits);
    }

    [Benchmark]
    public ModelRecommendation ChooseForVgg16() => GpuAdvisor.Default.Recommend(_vgg.Training(batchSize: 32), null, samples: 50_000);
}
