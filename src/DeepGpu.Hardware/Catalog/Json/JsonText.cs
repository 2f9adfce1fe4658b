using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>Writes this library's public JSON: indented, camelCase, units in the names.</summary>
internal static class JsonText
{
    /// <summary>Text that a terminal shows may hold any letter; control characters are escaped always.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Root(Action<Utf8JsonWriter> value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) value(json);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static string Array(Action<Utf8JsonWriter> items) => Root(json =>
    {
        json.WriteStartArray();
        items(json);
        json.WriteEndArray();
    });

    public static string Object(Action<Utf8JsonWriter> members) => Root(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    public static void Object<T>(Utf8JsonWriter json, IEnumerable<JsonField<T>> fields, T record)
    {
        json.WriteStartObject();
        foreach (var field in fields) field.Write(json, record);
        json.WriteEndObject();
    }

    /// <summary>An object inside an array or under a name.</summary>
    public static void Object(this Utf8JsonWriter json, string? name, Action members)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }

    /// <summary>An array of objects under a name.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items) json.Object(null, () => members(item));
        json.WriteEndArray();
    }

    /// <summary>A number, or null where it is unknown.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 6));
        else json.WriteNull(name);
    }
}
