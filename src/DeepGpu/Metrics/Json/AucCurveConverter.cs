using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu;

/// <summary>A curve by Keras's short name.</summary>
internal sealed class AucCurveConverter : JsonConverter<AucCurve>
{
    public override AucCurve Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "ROC" or "roc" => AucCurve.Roc,
        "PR" or "pr" => AucCurve.PrecisionRecall,
        "PRGAIN" or "prgain" => AucCurve.PrecisionRecallGain,
        var other => throw new JsonException($"'{other}' is none of ROC, PR, PRGAIN."),
    };

    public override void Write(Utf8JsonWriter writer, AucCurve value, JsonSerializerOptions options)
        => writer.WriteStringValue(value switch { AucCurve.Roc => "ROC", AucCurve.PrecisionRecall => "PR", _ => "PRGAIN" });
}
