using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>The fields that say where an entry's figures come from.</summary>
internal static class SourceFields
{
    public static JsonField<GpuSpec> Conflicts { get; } = new("conflicts", false, (g, json) => g with { Conflicts = ReadConflicts(json) },
        (writer, g) => WriteConflicts(writer, g.Conflicts));

    public static JsonField<T> Sources<T>(Func<T, IReadOnlyDictionary<string, IReadOnlyList<string>>> get,
        Func<T, IReadOnlyDictionary<string, IReadOnlyList<string>>, T> set)
        => new("sources", false, (record, json) => set(record, ReadSources(json)), (writer, record) => WriteSources(writer, get(record)));

    public static IReadOnlyList<MachineLearningFramework> Frameworks(JsonElement json)
        => [.. JsonValue.Typed("frameworks", json, JsonValueKind.Array, "a list of frameworks")
            .EnumerateArray().Select(item => JsonValue.Choice<MachineLearningFramework>("frameworks", item))];

    private static Dictionary<string, IReadOnlyList<string>> ReadSources(JsonElement json)
        => JsonValue.Typed("sources", json, JsonValueKind.Object, "an object of source keys to field names").EnumerateObject()
            .ToDictionary(source => source.Name, source => JsonValue.Texts("sources", source.Value));

    private static void WriteSources(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> sources)
    {
        if (sources.Count == 0) return;
        writer.WriteStartObject("sources");
        foreach (var (key, fields) in sources) JsonField.WriteTexts(writer, key, fields);
        writer.WriteEndObject();
    }

    private static IReadOnlyList<SourceConflict> ReadConflicts(JsonElement json)
        => [.. JsonValue.Typed("conflicts", json, JsonValueKind.Array, "a list of conflicts").EnumerateArray().Select(ReadConflict)];

    private static SourceConflict ReadConflict(JsonElement json)
    {
        JsonValue.Typed("conflicts", json, JsonValueKind.Object, "an object");
        return new(Member(json, "field"), Member(json, "source"), Member(json, "value"),
            json.TryGetProperty("note", out var note) ? JsonValue.Text("note", note) : null);
    }

    private static string Member(JsonElement json, string name)
        => json.TryGetProperty(name, out var value)
            ? JsonValue.Text(name, value)
            : throw JsonValue.WrongType("conflicts", $"a list of objects with '{name}'", "has one without it");

    private static void WriteConflicts(Utf8JsonWriter writer, IReadOnlyList<SourceConflict> conflicts)
    {
        if (conflicts.Count == 0) return;
        writer.WriteStartArray("conflicts");
        foreach (var conflict in conflicts) WriteConflict(writer, conflict);
        writer.WriteEndArray();
    }

    private static void WriteConflict(Utf8JsonWriter writer, SourceConflict conflict)
    {
        writer.WriteStartObject();
        writer.WriteString("field", conflict.Field);
        writer.WriteString("source", conflict.Source);
        writer.WriteString("value", conflict.Value);
        if (conflict.Note is not null) writer.WriteString("note", conflict.Note);
        writer.WriteEndObject();
    }
}
