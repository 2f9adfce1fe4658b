using System.Text.Json;

namespace DeepGpu.Models.Json;

/// <summary>Lists of whole numbers in JSON.</summary>
internal static class JsonLists
{
    public static List<int?> ReadNullable(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A list of whole numbers is needed.");
        var values = new List<int?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32());
        }

        return values;
    }

    public static List<int> ReadOneOrMany(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number) return [reader.GetInt32()];
        return [.. ReadNullable(ref reader).Select(n => n ?? throw new JsonException("A whole number is needed, not null."))];
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<int?> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            if (value is { } number) writer.WriteNumberValue(number);
            else writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }
}
