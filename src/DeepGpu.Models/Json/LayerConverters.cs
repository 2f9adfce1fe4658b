using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>A layer inside another layer.</summary>
internal class LayerConverter<T>(Extensions? extensions = null) : JsonConverter<T>, IExtendedConverter
    where T : Layer
{
    /// <summary>The classes beside the library's.</summary>
    protected Extensions Extensions { get; } = extensions ?? Extensions.None;

    public virtual JsonConverter With(Extensions extensions) => new LayerConverter<T>(extensions);

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => ReadNode(JsonNode.Parse(ref reader)) as T ?? throw new JsonException($"A {typeof(T).Name} is needed here.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        => LayerJson.Write(value, value.Name, Extensions).WriteTo(writer);

    protected virtual Layer ReadNode(JsonNode? node) => LayerJson.Read(node, Extensions);
}

/// <summary>Any layer inside another layer.</summary>
internal sealed class LayerConverter : LayerConverter<Layer>;

/// <summary>A layer along time inside another layer.</summary>
internal sealed class SequenceLayerConverter : LayerConverter<SequenceLayer>;

/// <summary>A cell; Keras writes stacked cells as a list too.</summary>
internal sealed class RecurrentCellConverter(Extensions? extensions) : LayerConverter<RecurrentCell>(extensions)
{
    public RecurrentCellConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new RecurrentCellConverter(extensions);

    protected override Layer ReadNode(JsonNode? node) => node is JsonArray list
        ? new StackedRNNCells([.. list.Select(item =>
            LayerJson.Read(item, Extensions) as RecurrentCell ?? throw new JsonException("Cells are needed here."))
            .ToImmutableArray()])
        : LayerJson.Read(node, Extensions);
}
