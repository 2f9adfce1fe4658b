using System.Diagnostics;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests;

public class PerfScratch(ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        var options = new RecommendationOptions { Processor = Processor.From(GpuCatalog.Default.FindCpu("EPYC 9654")), Forecast = new() { Samples = 50_000 } };
        var vgg = Applications.VGG16();
        var model = Sequential.Input(1024, 1024);
        for (var block = 0; block < 96; block++) model = model.LayerNormalization().Dense(3072).Dense(1024).LayerNormalization().Dense(4096).Dense(1024);
        var transformer = model.Build().Inference(1);
        Time("training()", () => vgg.Training(32));
        var w = vgg.Training(32);
        Time("vgg forecasts new", () => { var x = w with { }; return GpuCatalog.Default.Cards.Count(c => GpuForecaster.Default.Forecast(x, c).Fits == FitVerdict.Fits); });
        Time("vgg forecasts same", () => GpuCatalog.Default.Cards.Count(c => GpuForecaster.Default.Forecast(w, c).Fits == FitVerdict.Fits));
        Time("memory", () => StepMemory.Run(w));
        Time("checks", () => GpuCatalog.Default.Cards.Count(c => Requirements.None.Check(c, GpuCatalog.Default.Prices).Count == 0));
        Time("prices", () => GpuCatalog.Default.Cards.Count(c => GpuCatalog.Default.Prices.ToBuy(c, false) is null));
        Time("rents", () => GpuCatalog.Default.Cards.Count(c => GpuCatalog.Default.Prices.CheapestRent(c, GpuRentTerms.OnDemand) is null));
        Time("recommend vgg", () => GpuAdvisor.Default.Recommend(vgg.Training(32), options: options));
        Time("recommend vgg same", () => GpuAdvisor.Default.Recommend(w, options: options));
        Time("transformer forecasts new", () => { var x = transformer with { }; return GpuCatalog.Default.Cards.Count(c => GpuForecaster.Default.Forecast(x, c).Fits == FitVerdict.Fits); });
        Time("transformer forecasts same", () => GpuCatalog.Default.Cards.Count(c => GpuForecaster.Default.Forecast(transformer, c).Fits == FitVerdict.Fits));
        Time("recommend transformer", () => GpuAdvisor.Default.Recommend(transformer with { }, options: options));
        Time("rank", () => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn));
        Time("rank json", () => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).ToJson());
        Time("rank text", () => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).ToString());
    }

    private void Time<T>(string name, Func<T> action)
    {
        for (var i = 0; i < 40; i++) action();
        var times = new List<double>();
        for (var i = 0; i < 40; i++) { var s = Stopwatch.GetTimestamp(); action(); times.Add(Stopwatch.GetElapsedTime(s).TotalMilliseconds); }
        times.Sort();
        output.WriteLine($"{name}: min {times[0]:0.00} median {times[20]:0.00} ms");
    }
}
