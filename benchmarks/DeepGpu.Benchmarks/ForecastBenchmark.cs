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
    private readonly Workload _transformer = Blocks(96).Inference(1);
    private readonly RecommendationOptions _options = new()
    {
        Processor = Processor.From(GpuCatalog.Default.FindCpu("EPYC 9654")),
        Forecast = new() { Samples = 50_000 },
    };

    /// <summary>A new workload each time, so that nothing is remembered from the run before.</summary>
    [Benchmark(Baseline = true)]
    public int ForecastVgg16OnTheWholeCatalogue()
    {
        var workload = _vgg.Training(batchSize: 32);
        return GpuCatalog.Default.Cards.Count(card => GpuForecaster.Default.Forecast(workload, card).Fits == FitVerdict.Fits);
    }

    /// <summary>The bar: below 10 ms.</summary>
    [Benchmark]
    public Recommendation RecommendForVgg16() => GpuAdvisor.Default.Recommend(_vgg.Training(batchSize: 32), options: _options);

    /// <summary>As many attention blocks as the largest published transformers have (96), six operations each. The bar: below 40
    /// ms.</summary>
    [Benchmark]
    public Recommendation RecommendForALargeTransformer() => GpuAdvisor.Default.Recommend(_transformer with { }, options: _options);

    private static ModelSpec Blocks(int count)
    {
        var model = Sequential.Input(1024, 1024);
        for (var block = 0; block < count; block++) model = model.LayerNormalization().Dense(3072).Dense(1024).LayerNormalization()
            .Dense(4096).Dense(1024);
        return model.Build();
    }
}
