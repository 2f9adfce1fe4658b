using System.Text.Json.Serialization;

namespace DeepGpu;

/// <summary>Reads and writes the options of losses without reflection; Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(NoneEnumConverter<Reduction>), typeof(NumberListConverter), typeof(IntegerListConverter)])]
internal sealed partial class LossJsonContext : JsonSerializerContext;
