using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Training;

/// <summary>An evaluation in JSON: an object of numbers.</summary>
internal sealed class EvaluationJson : JsonConverter<Evaluation>
{
    public override Evaluation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonNumbers.Checked(() => new Evaluation(document.RootElement.EnumerateObject()
            .Select(item => KeyValuePair.Create(item.Name, JsonNumbers.Read(item.Value)))));
    }

    public override void Write(Utf8JsonWriter writer, Evaluation value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, number) in value)
        {
            writer.WritePropertyName(name);
            JsonNumbers.Write(writer, number);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A history in JSON: <c>{epochs, values: {loss: [...]}, settings: {...}, notes: [...]}</c>.</summary>
internal sealed class HistoryJson : JsonConverter<History>
{
    public override History Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonNumbers.Checked(() => Of(document.RootElement));
    }

    public override void Write(Utf8JsonWriter writer, History value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("epochs", value.Epochs);
        writer.WriteStartObject("values");
        foreach (var name in value.Names) Write(writer, name, value[name]);
        writer.WriteEndObject();
        writer.WriteStartObject("settings");
        foreach (var (name, text) in value.Settings) writer.WriteString(name, text);
        writer.WriteEndObject();
        writer.WriteStartArray("notes");
        foreach (var note in value.Notes) writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<double> values)
    {
        writer.WriteStartArray(name);
        foreach (var number in values) JsonNumbers.Write(writer, number);
        writer.WriteEndArray();
    }

    private static History Of(JsonElement json)
    {
        var history = History.Of(json.GetProperty("epochs").GetInt32(),
            [.. json.GetProperty("values").EnumerateObject().Select(item
                => KeyValuePair.Create(item.Name, item.Value.EnumerateArray().Select(JsonNumbers.Read).ToArray()))],
            [.. Optional(json, "notes").Select(notes => notes.EnumerateArray().Select(note => note.GetString()!))
                .SelectMany(note => note)]);
        foreach (var settings in Optional(json, "settings"))
            foreach (var item in settings.EnumerateObject()) history.Set(item.Name, item.Value.GetString()!);
        return history;
    }

    private static IEnumerable<JsonElement> Optional(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) ? [value] : [];
}

/// <summary>Numbers in JSON that may not be finite: "NaN", "Infinity" and "-Infinity" then.</summary>
internal static class JsonNumbers
{
    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    public static double Read(JsonElement value) => value.ValueKind != JsonValueKind.String ? value.GetDouble() : value.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var other => throw new FormatException($"'{other}' is no number."),
    };

    /// <summary>What is read, or a JsonException that says what it needs.</summary>
    public static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new JsonException($"Measured values are objects with numbers, but: {e.Message}", e);
        }
    }
}
