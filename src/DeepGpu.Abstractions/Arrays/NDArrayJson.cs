using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Arrays;

/// <summary>Arrays in JSON: <c>{"type": "Float32", "shape": [2, 3], "values": [...]}</c>, the values row by row.</summary>
internal sealed class NDArrayJson : JsonConverter<NDArray>
{
    public override NDArray Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Of(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or DeepGpuArgumentException)
        {
            throw new JsonException($"An array needs \"type\", \"shape\" and \"values\", "
                + $"as many as the shape's product, but: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, NDArray value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type", value.Type.ToString());
        writer.WriteStartArray("shape");
        foreach (var length in value.Shape) writer.WriteNumberValue(length);
        writer.WriteEndArray();
        writer.WriteStartArray("values");
        for (var i = 0L; i < value.ElementCount; i++) ArrayElements.Write(writer, value, i);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static NDArray Of(JsonElement json)
    {
        var name = json.GetProperty("type").GetString();
        if (!Enum.TryParse<DataType>(name, out var type) || type.ToString() != name) throw new FormatException($"'{name}' is no type.");
        int[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        var values = json.GetProperty("values");
        var bytes = new byte[(long)values.GetArrayLength() * type.ByteSize()];
        var place = 0;
        foreach (var value in values.EnumerateArray())
        {
            ArrayElements.Read(value, type, bytes.AsSpan(place, type.ByteSize()));
            place += type.ByteSize();
        }

        return new(type, shape, bytes);
    }
}
