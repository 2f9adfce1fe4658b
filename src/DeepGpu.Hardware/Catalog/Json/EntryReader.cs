using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>Reads one entry of a catalogue by a table of fields: every key known, none twice, none missing.</summary>
/// <param name="fields">The fields an entry may have.</param>
/// <param name="synonyms">Other spellings of field names, as other people's catalogues have them.</param>
/// <param name="blank">A record to set the fields on.</param>
internal sealed class EntryReader<T>(IReadOnlyList<JsonField<T>> fields, IReadOnlyDictionary<string, string> synonyms, T blank)
{
    private readonly Dictionary<string, JsonField<T>> _byName = fields.ToDictionary(field => field.Name);

    public T Read(JsonElement entry)
    {
        JsonValue.Typed("entry", entry, JsonValueKind.Object, "an object");
        var (record, seen) = (blank, new HashSet<string>());
        foreach (var member in entry.EnumerateObject())
        {
            var field = Field(member.Name);
            if (!seen.Add(field.Name)) throw Twice(field.Name, member.Name);
            if (field.IsRequired || member.Value.ValueKind != JsonValueKind.Null) record = field.Read(record, member.Value);
        }

        return fields.FirstOrDefault(field => field.IsRequired && !seen.Contains(field.Name)) is { } missing
            ? throw Missing(missing.Name)
            : record;
    }

    private JsonField<T> Field(string name)
        => _byName.TryGetValue(synonyms.GetValueOrDefault(name, name), out var field) ? field : throw Unknown(name);

    private ModelFormatException Unknown(string name) => new(new Fault(
        "unknown_field",
        "An entry may only have the fields of the schema,",
        $"but has '{StrictJson.Printable(name)}'.",
        $"Did you mean '{_byName.Keys.MinBy(known => Spelling.Distance(known, name))}'?"));

    private static ModelFormatException Missing(string name) => new(new Fault(
        "missing_field",
        $"An entry must have '{name}',",
        "but it is missing.",
        "Add the field; its unit is in its name."));

    private static ModelFormatException Twice(string name, string spelling) => new(new Fault(
        "duplicate_name",
        $"A field may be given once,",
        $"but '{name}' is given again as '{spelling}'.",
        "Keep one of the two."));
}
