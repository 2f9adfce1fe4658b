using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Writes and reads metrics as Keras does: the "metrics" of a compile_config.</summary>
internal static class MetricJson
{
    private const string Module = "keras.metrics";

    /// <summary>The object around a metric's config, or "accuracy"; null for a metric of a user's own, which no file can hold.</summary>
    public static JsonNode? Write(Metric metric) => metric switch
    {
        Accuracy => metric.Name is "acc" ? "acc" : "accuracy",
        LossMetric mean => WriteMean(mean),
        _ when TrainingTypes.Of(metric) is { } type => KerasType.Object(type.ClassName, Module, Options(type, metric)),
        _ => null,
    };

    /// <summary>Reads a metric from a name, which is then its key in the history, or from the object around its config.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Metric Read(JsonNode? node)
    {
        if (KerasName.Of(node) is { } name)
            return name is "accuracy" or "acc" ? new Accuracy { Name = name } : Read(name, new() { ["name"] = name });
        var (className, config) = KerasType.Parts(node);
        return className is "MeanMetricWrapper" ? Wrapped(config) : Read(className, config);
    }

    private static Metric Read(string className, JsonObject config)
    {
        if (TrainingTypes.MeanLossOf(className) is { } loss) return Named(new(LossJson.Read(loss, config)), config);
        var type = TrainingTypes.MetricOf(className) ?? throw LayerJson.UnknownClass(className);
        return (Metric)type.Read(KerasName.Without(config, config["name"] is null ? ["name", "dtype"] : ["dtype"]));
    }

    /// <summary>Keras's mean of a function, which is named by "fn".</summary>
    private static Metric Wrapped(JsonObject config)
    {
        var function = KerasName.Of(config["fn"]) ?? throw LayerJson.UnknownClass("MeanMetricWrapper");
        return function is "accuracy" ? new EqualAccuracy() : Read(function, KerasName.Without(config, "fn"));
    }

    private static LossMetric Named(LossMetric metric, JsonObject config)
        => config["name"] is null
            ? metric
            : KerasType.Checked(nameof(LossMetric), () => new LossMetric(metric.Loss) { Name = (string)config["name"]! });

    private static JsonObject? WriteMean(LossMetric metric)
    {
        if (TrainingTypes.MeanMetricOf(metric.Loss) is not { } className || TrainingTypes.Of(metric.Loss) is not { } type) return null;
        var options = KerasName.Without(Options(type, metric.Loss), "reduction");
        options["name"] = metric.Name;
        return KerasType.Object(className, Module, options);
    }

    private static JsonObject Options(KerasType type, object value) => JsonSerializer.SerializeToNode(value, type.Json)!.AsObject();
}
