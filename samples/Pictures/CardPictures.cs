using DeepGpu;
using DeepGpu.Hardware;
using DeepGpu.Models;
using DeepGpu.Visuals;

namespace Pictures;

/// <summary>Pictures of cards and models: no engine, no GPU.</summary>
public static class CardPictures
{
    private static readonly Workload ResNet = Applications.Find("ResNet50").Build().Training(batchSize: 64);

    private static readonly string[] Cards = ["RTX 4090", "RTX 5070", "A100 PCIe 80GB", "V100 SXM2 16GB"];

    /// <summary>Each picture's name, and how it is drawn.</summary>
    public static IReadOnlyDictionary<string, Func<Picture>> All { get; } = new Dictionary<string, Func<Picture>>
    {
        ["roofline"] = () => GpuCharts.Roofline(Forecast("RTX 4090"), Forecast("V100 SXM2 16GB")),
        ["memory"] = () => GpuCharts.Memory([.. Cards.Select(Forecast)]),
        ["time-energy-price"] = () => GpuCharts.TimeEnergyPrice(GpuAdvisor.Default.Recommend(ResNet)),
        ["scores"] = () => GpuCharts.Scores(GpuAdvisor.Default.Rank(WorkloadProfile.Cnn)),
    };

    private static GpuForecast Forecast(string card) => GpuForecaster.Default.Forecast(ResNet, GpuCatalog.Default.Find(card));
}
