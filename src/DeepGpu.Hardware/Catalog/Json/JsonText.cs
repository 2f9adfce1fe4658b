using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>Writes this library's public JSON: indented, camelCase, units in the names.</summary>
internal static class JsonText
{
    /// <summary>Text that a terminal shows may hold any letter; control characters are escaped always.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole text.</summary>
    /// <param name="value">Writes its value.</param>
    /// <param name="expectedBytes">About how long it will be, so that the buffer need not grow often.</param>
    public static string Root(Action<Utf8JsonWriter> value, int expectedBytes = 4096)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);
        using (var json = new Utf8JsonWriter(buffer, Options)) value(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>An array as a whole text.</summary>
    public static string Array(Action<Utf8JsonWriter> items, int expectedBytes = 4096) => Root(json =>
    {
        json.WriteStartArray();
        items(json);
        json.WriteEndArray();
    }, expectedBytes);

    /// <summary>An object as a whole text.</summary>
    public static string Object(Action<Utf8JsonWriter> members, int expectedBytes = 4096) => Root(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    }, expectedBytes);

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

    /// <summary>An array of texts under a name.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>True or false, or null where it is unknown.</summary>
    public static void Flag(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known) json.WriteBoolean(name, known);
        else json.WriteNull(name);
    }

    /// <summary>A number, or null where it is unknown.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 6));
        else json.WriteNull(name);
    }
}
