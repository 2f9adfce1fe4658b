using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>What a file of your own cards holds: the entries that could be read, and those that could not, each with its reason.</summary>
/// <remarks>Nothing is dropped silently: loaded plus refused is the number of entries in the file. A file that is broken as a whole
/// (not JSON, no list of cards, an unknown version) is refused as a whole. The form is that of the built-in catalogue, described by
/// docs/schemas/gpu-catalog.schema.json; "memoryGiB" and "memoryBandwidthGBs" are read as "vramGiB" and "bandwidthGBs".</remarks>
public sealed record GpuCatalogFile
{
    /// <summary>The version of the form that this library reads and writes.</summary>
    public const int CurrentSchemaVersion = 1;

    private const int MaxDepth = 16;

    private static readonly string[] Members = ["schemaVersion", "gpus", "$schema"];

    /// <summary>The path it was read from, or null.</summary>
    public string? File { get; init; }

    /// <summary>The cards that were read, in the file's order.</summary>
    public required IReadOnlyList<GpuSpec> Cards { get; init; }

    /// <summary>The entries that were refused, in the file's order.</summary>
    public required IReadOnlyList<RefusedGpuEntry> Refused { get; init; }

    /// <summary>Entries in the file: loaded and refused.</summary>
    public int EntryCount => Cards.Count + Refused.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFormatException">The file as a whole cannot be read;
    /// entries that cannot are in <see cref="Refused"/>.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static GpuCatalogFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Parse(RegularFile.ReadAllBytes(path), path);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="file">The name to show in errors, or null.</param>
    /// <exception cref="ModelFormatException">The file as a whole cannot be read;
    /// entries that cannot are in <see cref="Refused"/>.</exception>
    public static GpuCatalogFile Parse(ReadOnlyMemory<byte> utf8, string? file = null)
    {
        try
        {
            using var document = Document(utf8);
            return Entries(document.RootElement, file);
        }
        catch (ModelFormatException e) when (file is not null)
        {
            throw e.InFile(file);
        }
    }

    /// <summary>This, if every entry was read.</summary>
    /// <exception cref="ModelFormatException">An entry was refused: the first one's reason, with entry and field.</exception>
    public GpuCatalogFile RequireEveryEntry() => Refused.Count == 0 ? this : throw Refused[0].Reason;

    /// <summary>The file as public JSON, its cards in the form of the catalogue: <c>{schemaVersion, gpus: [...]}</c>.</summary>
    public string ToJson() => JsonText.Object(json =>
    {
        json.WriteNumber("schemaVersion", CurrentSchemaVersion);
        json.WriteStartArray("gpus");
        foreach (var card in Cards) JsonText.Object(json, GpuFields.All, card);
        json.WriteEndArray();
    });

    internal static JsonDocument Document(ReadOnlyMemory<byte> utf8)
        => utf8.IsEmpty
            ? throw Broken("empty_file", "A catalogue file must hold a JSON object,", "but is empty.")
            : StrictJson.Parse(utf8, MaxDepth);

    private static GpuCatalogFile Entries(JsonElement root, string? file)
    {
        CheckRoot(root);
        var cards = new List<GpuSpec>();
        var refused = new List<RefusedGpuEntry>();
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, entry) in JsonValue.Typed("gpus", root.GetProperty("gpus"), JsonValueKind.Array, "a list of cards")
            .EnumerateArray().Index())
        {
            try
            {
                cards.Add(Unique(GpuFields.Reader.Read(entry), index, names));
            }
            catch (ModelFormatException e)
            {
                refused.Add(RefusedGpuEntry.For(index, entry, e, file));
            }
        }

        return new() { File = file, Cards = cards, Refused = refused };
    }

    private static void CheckRoot(JsonElement root)
    {
        JsonValue.Typed("the file", root, JsonValueKind.Object, "a JSON object with 'schemaVersion' and 'gpus'");
        if (root.EnumerateObject()
            .FirstOrDefault(member => !Members.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw Broken("unknown_field", $"A catalogue file may hold {string.Join(", ", Members)},",
                $"but holds '{StrictJson.Printable(unknown.Name)}'.");
        }

        if (root.TryGetProperty("schemaVersion", out var version)) CheckVersion(JsonValue.Whole("schemaVersion", version, 0, int.MaxValue));
        if (!root.TryGetProperty("gpus", out _)) throw Broken("missing_field", "A catalogue file must have 'gpus',", "but it is missing.");
    }

    private static void CheckVersion(int version)
    {
        if (version == CurrentSchemaVersion) return;
        throw Broken("unsupported_version", $"This library reads catalogue files of schemaVersion {CurrentSchemaVersion},",
            $"but the file has {version}.");
    }

    private static GpuSpec Unique(GpuSpec card, int index, Dictionary<string, int> names)
    {
        foreach (var name in card.Aliases.Prepend(card.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!names.TryAdd(name, index))
                throw Broken("duplicate_name", "A name or alias may be used once in a file, whatever its case,",
                    $"but '{name}' is also that of entry {names[name]}.");
        }

        return card;
    }

    private static ModelFormatException Broken(string code, string rule, string received)
        => new(new Fault(code, rule, received, "Compare the file with docs/schemas/gpu-catalog.schema.json."));
}

/// <summary>An entry of a catalogue file that was refused.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Name">The name it gives, or null where none can be read.</param>
/// <param name="Reason">What is wrong with which field.</param>
public sealed record RefusedGpuEntry(int Index, string? Name, ModelFormatException Reason)
{
    internal static RefusedGpuEntry For(int index, JsonElement entry, ModelFormatException cause, string? file)
    {
        var name = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("name", out var json)
            && json.ValueKind == JsonValueKind.String
            ? StrictJson.Printable(json.GetString()!)
            : null;
        return new(index, name, new(cause.Fault, file, cause.Offset, name is null ? $"gpus[{index}]" : $"gpus[{index}] {name}", cause));
    }
}
