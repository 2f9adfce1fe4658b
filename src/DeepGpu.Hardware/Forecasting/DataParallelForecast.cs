using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>A step on several equal cards that add up their gradients after each step.</summary>
/// <remarks>A ring moves 2 (n - 1) / n of the gradients' bytes through each card's link (Patarasuk and Yuan, 2009).
/// The lower end hides all of
/// it behind the backward pass, the upper end none.</remarks>
public sealed record DataParallelForecast
{
    private const int GradientBytes = 4;

    /// <summary>One card's part.</summary>
    public required GpuForecast OneCard { get; init; }

    /// <summary>How many cards.</summary>
    public required int Count { get; init; }

    /// <summary>Bytes that each card sends a step.</summary>
    public required ByteSize AllReduceBytes { get; init; }

    /// <summary>The link it goes over, and its rate in one direction; null where neither link is known.</summary>
    public Bandwidth? Link { get; init; }

    /// <summary>Time of a step of all cards; null where one card's time or the link is not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>How many times one card's throughput; null where the time is not known.</summary>
    public double? Speedup => StepTime is { } all && OneCard.StepTime is { } one ? Count * (one.Value / all.Value) : null;

    /// <summary>Whether the cards copy from each other without the host: true and false where the catalogue says, null where it does
    /// not.</summary>
    public bool? HasPeerToPeer { get; init; }

    /// <summary>The forecast in a few lines, the link and whether cards copy from each other stated.</summary>
    public override string ToString() => string.Join(Environment.NewLine, DataParallelText.Lines(this));

    /// <summary>The forecast as public JSON: <c>{gpus, linkGBs, peerToPeer, allReduceMiB, stepMilliseconds, samplesPerSecond, speedup,
    /// oneCard: {...}}</c>.</summary>
    public string ToJson() => JsonText.Object(json => DataParallelText.Write(json, this));

    internal static DataParallelForecast Of(GpuForecast one, int count)
    {
        if (one.Workload.Task != WorkloadTask.Training)
            throw Require.OutOfRange(nameof(DataParallelForecast), "task", "training", one.Workload.Task);
        var bytes = ByteSize.FromBytes((long)(2.0 * (count - 1) / count * one.Workload.TrainableParameterCount * GradientBytes));
        var link = LinkOf(one.Card);
        return new()
        {
            OneCard = one,
            Count = count,
            AllReduceBytes = bytes,
            Link = link,
            HasPeerToPeer = one.Card.HasPeerToPeer,
            StepTime = one.StepTime is { } t && link is { } rate ? Together(t, bytes / rate, rate) : null
        };
    }

    /// <summary>One direction of the cards' own link, else of PCI Express: half of that where every copy goes through the host's
    /// memory.</summary>
    private static Bandwidth? LinkOf(GpuSpec card)
    {
        if (card.InterconnectBandwidth is { } both) return Half(both);
        return card.PcieBandwidth is { } pcie && card.HasPeerToPeer == false ? Half(pcie) : card.PcieBandwidth;
    }

    private static Bandwidth Half(Bandwidth rate) => Bandwidth.FromGigabytesPerSecond(rate.GigabytesPerSecond / 2);

    private static Estimate<TimeSpan> Together(Estimate<TimeSpan> one, TimeSpan exchange, Bandwidth link)
    {
        var (low, high) = (one.Low > exchange ? one.Low : exchange, one.High + exchange);
        var hidden = one.Value > exchange ? one.Value : exchange;
        return new((hidden + one.Value + exchange) / 2, low, high,
            $"{one.Basis} Gradients exchanged over {link} at its peak, between wholly hidden and not at all.");
    }
}
