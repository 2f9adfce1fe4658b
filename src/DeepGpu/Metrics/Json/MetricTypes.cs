using DeepGpu.Models;

namespace DeepGpu;

/// <summary>The metrics a config may name.</summary>
internal static partial class MetricTypes
{
    /// <summary>Losses whose mean is a class of metrics in Keras, by the names of both.</summary>
    private static readonly Lazy<Dictionary<string, KerasType>> MeanLosses = new(ByMean);

    private static MetricJsonContext Json => MetricJsonContext.Default;

    /// <summary>Every class but for means of losses.</summary>
    public static KerasTypes All { get; } = new(MetricRows(), KerasName.Plain);

    /// <summary>A metric by its class, function or short name in Keras; null for one this library does not know, and for means of
    /// losses.</summary>
    public static KerasType? Find(string name) => All.Find(name);

    /// <summary>The class of a metric; null for one that is not Keras's, and for means of losses.</summary>
    public static KerasType? Of(Metric metric) => All.Of(metric);

    /// <summary>The loss whose mean a class of metrics is; null if it is none.</summary>
    public static KerasType? MeanLossOf(string name) => MeanLosses.Value.GetValueOrDefault(KerasName.Plain(name));

    /// <summary>Keras's class of metrics that is the mean of a loss; null if there is none.</summary>
    public static string? MeanMetricOf(Loss loss) => LossTypes.Of(loss)?.MeanMetric;

    private static Dictionary<string, KerasType> ByMean()
    {
        var named = LossTypes.All.All.Where(loss => loss.MeanMetric is not null)
            .SelectMany(loss => loss.Names.Append(loss.MeanMetric!).Select(name => (Name: KerasName.Plain(name), Loss: loss)));
        return named.DistinctBy(row => row.Name).ToDictionary(row => row.Name, row => row.Loss, StringComparer.Ordinal);
    }
}
