using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Writes and reads metrics as Keras does: the "metrics" of a compile_config.</summary>
internal static class MetricJson
{
    private const string Module = "keras.metrics";

    /// <summary>The object around a metric's config, or "accuracy"; null for a delegate or a class that is not registered, which no
    /// file can hold.</summary>
    public static JsonNode? Write(Metric metric, Extensions? extensions = null) => metric switch
    {
        Accuracy => metric.Name is "acc" ? "acc" : "accuracy",
        LossMetric mean => WriteMean(mean, extensions ?? Extensions.None),
        _ when MetricTypes.Of(metric) is { } type => KerasType.Object(type.ClassName, Module, Options(type, metric)),
        _ => extensions?.TypeOf(ExtensionKind.Metric, metric)?.Write(metric),
    };

    /// <summary>Reads a metric from a name, which is then its key in the history, or from the object around its config.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Metric Read(JsonNode? node) => Read(node, Extensions.None);

    /// <summary>Reads a metric, which may be one of the extensions.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Metric Read(JsonNode? node, Extensions extensions)
    {
        if (extensions.Named(ExtensionKind.Metric, node) is { } own)
            return Read(extensions.Type(own), node!["config"] as JsonObject ?? throw LayerJson.Missing("config"));
        if (KerasName.Of(node) is { } name)
        {
            if (extensions.Type(ExtensionKind.Metric, name) is { } type) return Read(type, new() { ["name"] = name });
            return name is "accuracy" or "acc" ? new Accuracy { Name = name } : Read(name, new() { ["name"] = name });
        }

        var (className, config) = KerasType.Parts(node);
        return className is "MeanMetricWrapper" ? Wrapped(config, extensions) : Read(className, config);
    }

    private static Metric Read(KerasType type, JsonObject config)
        => (Metric)type.Read(KerasName.Without(config, config["name"] is null ? ["name", "dtype"] : ["dtype"]));

    private static Metric Read(string className, JsonObject config)
    {
        if (MetricTypes.MeanLossOf(className) is { } loss) return Named(new(LossJson.Read(loss, config)), config);
        return Read(MetricTypes.Find(className) ?? throw LayerJson.UnknownClass(className), config);
    }

    /// <summary>Keras's mean of a function, which is named by "fn".</summary>
    private static Metric Wrapped(JsonObject config, Extensions extensions)
    {
        if (extensions.Named(ExtensionKind.Loss, config["fn"]) is not null)
            return Named(new(LossJson.Read(config["fn"], extensions)), config);
        var function = KerasName.Of(config["fn"]) ?? throw LayerJson.UnknownClass("MeanMetricWrapper");
        return function is "accuracy" ? new EqualAccuracy() : Read(function, KerasName.Without(config, "fn"));
    }

    private static LossMetric Named(LossMetric metric, JsonObject config)
        => config["name"] is null
            ? metric
            : KerasType.Checked(nameof(LossMetric), () => new LossMetric(metric.Loss) { Name = (string)config["name"]! });

    private static JsonObject? WriteMean(LossMetric metric, Extensions extensions)
    {
        if (extensions.TypeOf(ExtensionKind.Loss, metric.Loss) is { } own)
            return KerasType.Object("MeanMetricWrapper", Module, new() { ["name"] = metric.Name, ["fn"] = own.Write(metric.Loss) });
        if (MetricTypes.MeanMetricOf(metric.Loss) is not { } className || LossTypes.Of(metric.Loss) is not { } type) return null;
        var options = KerasName.Without(Options(type, metric.Loss), "reduction");
        options["name"] = metric.Name;
        return KerasType.Object(className, Module, options);
    }

    private static JsonObject Options(KerasType type, object value) => JsonSerializer.SerializeToNode(value, type.Json)!.AsObject();
}
