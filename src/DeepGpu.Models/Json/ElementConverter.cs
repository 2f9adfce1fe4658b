using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>Reads a value of which files have several forms.</summary>
internal abstract class ElementConverter<T> : JsonConverter<T>
{
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Of(document.RootElement);
    }

    /// <summary>The value of an element.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    protected abstract T Of(JsonElement root);
}
