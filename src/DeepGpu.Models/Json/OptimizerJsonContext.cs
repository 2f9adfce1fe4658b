using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>Reads and writes the options of optimizers and schedules without reflection;
/// Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(LearningRateScheduleConverter)])]
internal sealed partial class OptimizerJsonContext : JsonSerializerContext;
