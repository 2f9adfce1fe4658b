using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>A layer inside another layer.</summary>
internal class LayerConverter<T> : JsonConverter<T>
    where T : Layer
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => ReadNode(JsonNode.Parse(ref reader)) as T ?? throw new JsonException($"A {typeof(T).Name} is needed here.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        => LayerJson.Write(value, value.Name).WriteTo(writer);

    protected virtual Layer ReadNode(JsonNode? node) => LayerJson.Read(node);
}

/// <summary>Any layer inside another layer.</summary>
internal sealed class LayerConverter : LayerConverter<Layer>;

/// <summary>A layer along time inside another layer.</summary>
internal sealed class SequenceLayerConverter : LayerConverter<SequenceLayer>;

/// <summary>A cell; Keras writes stacked cells as a list too.</summary>
internal sealed class RecurrentCellConverter : LayerConverter<RecurrentCell>
{
    protected override Layer ReadNode(JsonNode? node) => node is JsonArray list
        ? new StackedRNNCells([.. list.Select(item =>
            LayerJson.Read(item) as RecurrentCell ?? throw new JsonException("Cells are needed here."))
            .ToImmutableArray()])
        : LayerJson.Read(node);
}
