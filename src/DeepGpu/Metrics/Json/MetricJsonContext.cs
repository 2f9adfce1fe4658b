using System.Text.Json.Serialization;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Reads and writes the options of metrics without reflection; Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(NoneEnumConverter<MetricAverage>), typeof(NoneEnumConverter<ClassAggregation>),
        typeof(AucCurveConverter), typeof(EnumConverter<AucSummation>), typeof(NumberListConverter), typeof(IntegerListConverter),
    ])]
internal sealed partial class MetricJsonContext : JsonSerializerContext;
