using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>A learning rate as Keras writes it: a number, or a schedule's class name and config.</summary>
internal sealed class LearningRateScheduleConverter : JsonConverter<LearningRateSchedule>
{
    private const string Module = "keras.optimizers.schedules";

    public override LearningRateSchedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Read(JsonNode.Parse(ref reader));

    public override void Write(Utf8JsonWriter writer, LearningRateSchedule value, JsonSerializerOptions options)
        => Write(value).WriteTo(writer);

    public static LearningRateSchedule Read(JsonNode? node)
    {
        if (node is JsonValue number) return number.GetValue<double>();
        var (className, config) = KerasType.Parts(node);
        return (LearningRateSchedule)(OptimizerTypes.Schedule(className) ?? throw LayerJson.UnknownClass(className)).Read(config);
    }

    public static JsonNode Write(LearningRateSchedule value)
    {
        if (value is ConstantRate constant) return constant.Rate;
        var type = OptimizerTypes.Schedules.Of(value) ?? throw LayerJson.UnknownClass(value.GetType().Name);
        return type.Write(value, Module);
    }
}
