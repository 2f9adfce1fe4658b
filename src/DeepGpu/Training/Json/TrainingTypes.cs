using DeepGpu.Models;

namespace DeepGpu;

/// <summary>The losses and metrics a config may name.</summary>
internal static partial class TrainingTypes
{
    /// <summary>Losses whose mean is a class of metrics in Keras, by the names of both.</summary>
    private static readonly Lazy<Dictionary<string, KerasType>> MeanLosses = new(ByMean);

    private static TrainingJsonContext Json => TrainingJsonContext.Default;

    /// <summary>Every class of losses.</summary>
    public static KerasTypes Losses { get; } = new(LossRows(), Plain);

    /// <summary>Every class of metrics but for means of losses.</summary>
    public static KerasTypes Metrics { get; } = new(MetricRows(), Plain);

    /// <summary>A loss by its class, function or short name in Keras; null for one this library does not know.</summary>
    public static KerasType? LossOf(string name) => Losses.Find(name);

    /// <summary>A metric by its class, function or short name in Keras; null for one this library does not know, and for means of
    /// losses.</summary>
    public static KerasType? MetricOf(string name) => Metrics.Find(name);

    /// <summary>The loss whose mean a class of metrics is; null if it is none.</summary>
    public static KerasType? MeanLossOf(string name) => MeanLosses.Value.GetValueOrDefault(Plain(name));

    /// <summary>Keras's class of metrics that is the mean of a loss; null if there is none.</summary>
    public static string? MeanMetricOf(Loss loss) => Losses.Of(loss)?.MeanMetric;

    /// <summary>The class of an object; null for one that is not Keras's.</summary>
    public static KerasType? Of(object value) => (value is Loss ? Losses : Metrics).Of(value);

    private static Dictionary<string, KerasType> ByMean()
    {
        var named = Losses.All.Where(loss => loss.MeanMetric is not null)
            .SelectMany(loss => loss.Names.Append(loss.MeanMetric!).Select(name => (Name: Plain(name), Loss: loss)));
        return named.DistinctBy(row => row.Name).ToDictionary(row => row.Name, row => row.Loss, StringComparer.Ordinal);
    }

    /// <summary>"mean_squared_error" and "MeanSquaredError" alike.</summary>
    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
