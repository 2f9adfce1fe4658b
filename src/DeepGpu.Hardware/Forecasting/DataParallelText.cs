using System.Text.Json;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>A forecast of several cards as text and as JSON.</summary>
internal static class DataParallelText
{
    public static IEnumerable<string> Lines(DataParallelForecast f)
    {
        yield return $"{f.Count} x {f.OneCard.Card.Name}, each with a batch of {f.OneCard.Workload.BatchSize}";
        yield return $"link       {Link(f)}";
        yield return $"exchange   {f.AllReduceBytes} of gradients a card and step";
        if (f.StepTime is { } step) yield return $"step       {Words.Of(step)}";
        if (f.Speedup is { } speedup) yield return $"speedup    {Words.Of(speedup)} times one card";
        yield return "one card:";
        foreach (var line in f.OneCard.ToString().Split(Environment.NewLine)) yield return "  " + line;
    }

    public static void Write(Utf8JsonWriter json, DataParallelForecast f)
    {
        json.WriteNumber("gpus", f.Count);
        json.Number("linkGBs", f.Link?.GigabytesPerSecond);
        json.Flag("peerToPeer", f.HasPeerToPeer);
        json.Number("allReduceMiB", f.AllReduceBytes.Mebibytes);
        ForecastText.WriteEstimate(json, "stepMilliseconds", f.StepTime, time => time.TotalMilliseconds);
        json.Number("samplesPerSecond", f.StepTime is { } step ? f.Count * f.OneCard.Workload.BatchSize / step.Value.TotalSeconds : null);
        json.Number("speedup", f.Speedup);
        json.Object("oneCard", () => ForecastText.Write(json, f.OneCard));
    }

    private static string Link(DataParallelForecast f)
    {
        if (f.Link is not { } rate) return "not known: the time of all cards cannot be forecast";
        var name = f.OneCard.Card.InterconnectBandwidth is not null ? f.OneCard.Card.Interconnect ?? "its own link" : "PCI Express";
        return $"{name}, {rate} one way; " + f.HasPeerToPeer switch
        {
            true => "cards copy from each other (P2P)",
            false => "cards cannot copy from each other (no P2P): every copy goes through the host's memory, at half of the rate",
            null => "whether cards copy from each other (P2P) is not known",
        };
    }
}
