using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Checks what a model is compiled with before it trains: what a checkpoint or file could not hold is refused here.</summary>
internal static class OwnTraining
{
    /// <summary>Refuses optimizers and schedules that nobody registered, and registered classes that would not come back from a
    /// file.</summary>
    /// <exception cref="DeepGpuArgumentException">An optimizer or schedule is not registered.</exception>
    /// <exception cref="ModelFormatException">A registered class would come back changed.</exception>
    public static void Check(CompileOptions options, Extensions extensions)
    {
        extensions.DemandSchedule(options.Optimizer.LearningRate);
        extensions.DemandOptimizer((options.Optimizer as LossScaleOptimizer)?.InnerOptimizer ?? options.Optimizer);
        ExtensionCheck.Optimizer(options.Optimizer, extensions);
        foreach (var output in options.Outputs)
        {
            if (output.Loss is { } loss) Check(loss, LossJson.Write, node => LossJson.Read(node, extensions), extensions);
            foreach (var metric in output.Metrics.Concat(output.WeightedMetrics))
                Check(metric, (m, own) => MetricJson.Write(m, own), node => MetricJson.Read(node, extensions), extensions);
        }
    }

    private static void DemandOptimizer(this Extensions extensions, Optimizer optimizer)
        => extensions.Demand(ExtensionKind.Optimizer, optimizer, "the call of Compile");

    /// <summary>A schedule needs no function beside its own, but a name for files.</summary>
    private static void DemandSchedule(this Extensions extensions, LearningRateSchedule schedule)
    {
        if (extensions.Of(ExtensionKind.Schedule, schedule) is not null) return;
        extensions.Demand(ExtensionKind.Schedule, schedule, "the call of Compile");
    }

    private static void Check<T>(T own, Func<T, Extensions, JsonNode?> write, Func<JsonNode?, T> read, Extensions extensions)
        where T : class
    {
        var kind = own is Loss ? ExtensionKind.Loss : ExtensionKind.Metric;
        if (extensions.Of(kind, own) is null || write(own, extensions) is not { } written) return;
        var again = write(read(written.DeepClone()), extensions);
        if (!JsonNode.DeepEquals(written, again)) throw ExtensionCheck.Changed(own.GetType().Name, $"'{own}'");
    }
}
