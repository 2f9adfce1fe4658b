using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>A learning rate as Keras writes it: a number, or a schedule's class name and config.</summary>
internal sealed class LearningRateScheduleConverter(Extensions? extensions) : JsonConverter<LearningRateSchedule>, IExtendedConverter
{
    private const string Module = "keras.optimizers.schedules";

    private readonly Extensions _extensions = extensions ?? Extensions.None;

    public LearningRateScheduleConverter()
        : this(null)
    {
    }

    public JsonConverter With(Extensions extensions) => new LearningRateScheduleConverter(extensions);

    public override LearningRateSchedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Read(JsonNode.Parse(ref reader), _extensions);

    public override void Write(Utf8JsonWriter writer, LearningRateSchedule value, JsonSerializerOptions options)
        => Write(value, _extensions).WriteTo(writer);

    /// <summary>Reads a schedule of this library.</summary>
    public static LearningRateSchedule Read(JsonNode? node) => Read(node, Extensions.None);

    private static LearningRateSchedule Read(JsonNode? node, Extensions extensions)
    {
        if (node is JsonValue number) return number.GetValue<double>();
        if (extensions.Named(ExtensionKind.Schedule, node) is { } own)
            return (LearningRateSchedule)extensions.Type(own).Read(node!["config"] as JsonObject ?? throw LayerJson.Missing("config"));
        var (className, config) = KerasType.Parts(node);
        return (LearningRateSchedule)(OptimizerTypes.Schedule(className) ?? throw LayerJson.UnknownClass(className)).Read(config);
    }

    /// <summary>The schedule as Keras writes it.</summary>
    public static JsonNode Write(LearningRateSchedule value) => Write(value, Extensions.None);

    private static JsonNode Write(LearningRateSchedule value, Extensions extensions)
    {
        if (value is ConstantRate constant) return constant.Rate;
        if (extensions.TypeOf(ExtensionKind.Schedule, value) is { } own) return own.Write(value);
        var type = OptimizerTypes.Schedules.Of(value) ?? throw LayerJson.UnknownClass(value.GetType().Name);
        return type.Write(value, Module);
    }
}
