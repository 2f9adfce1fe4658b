using System.Text.Json;

namespace DeepGpu.Models;

/// <summary>Lists of whole numbers in JSON.</summary>
internal static class JsonLists
{
    public static List<int?> ReadIntegers(ref Utf8JsonReader reader, bool nullable)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A list of whole numbers is needed.");
        var values = new List<int?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(nullable && reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32());
        }

        return values;
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
