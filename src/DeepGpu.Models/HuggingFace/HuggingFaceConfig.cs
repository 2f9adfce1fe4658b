using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models;

/// <summary>Reads the description of a transformer from Hugging Face's config.json. No weights are read.</summary>
/// <remarks>Keys and defaults as the configuration classes of the Transformers library have them. Of a model that also sees or
/// hears, the text's part is read. Weights are counted without the heads that only pretraining uses.</remarks>
public static class HuggingFaceConfig
{
    private const int LargestFile = 4 << 20;
    private const string Entry = "model_type";

    /// <summary>The values of "model_type" that are read, sorted.</summary>
    public static IReadOnlyList<string> ModelTypes { get; } = [.. FamilyTable.Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <param name="name">What to call the model; null for the name in the file, or else the folder's.</param>
    /// <exception cref="ModelFormatException">The file is no config.json, its family is not known, or a value in it is
    /// impossible.</exception>
    public static TransformerShape Read(string path, string? name = null) => Read(path, name, (_, shape) => shape);

    /// <summary>Reads a file and makes something of it.</summary>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <param name="name">What to call the model; null for the name in the file, or else the folder's.</param>
    /// <param name="make">Makes it of the file's values and the numbers that follow from them.</param>
    internal static T Read<T>(string path, string? name, Func<ConfigReader, TransformerShape, T> make)
        => InFile(path, file => Parse(Bytes(file), name ?? FolderOf(file), make));

    /// <summary>Reads a file that may hold JSON of another kind.</summary>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <param name="shape">What it describes; null where it is over 4 MiB or has no "model_type".</param>
    /// <exception cref="ModelFormatException">It has a "model_type", but the family is not known, or a value is impossible.</exception>
    public static bool TryRead(string path, [NotNullWhen(true)] out TransformerShape? shape)
    {
        shape = InFile(path, IfConfig);
        return shape is not null;
    }

    /// <summary>The config.json that a path means: a folder's, or the file itself.</summary>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <exception cref="ModelFormatException">The folder holds none.</exception>
    public static string FileOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path)) return path;
        var file = Path.Combine(path, "config.json");
        return File.Exists(file) ? file : throw new ModelFormatException(new(
            "config_missing", "A folder that stands for a model must hold a config.json,", $"but '{PrintableText.Of(path)}' holds none.",
            "Pass the folder of a model of Hugging Face, or a model's file."));
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="name">What to call a model whose file does not name it; null for its family.</param>
    /// <exception cref="ModelFormatException">As of <see cref="Read"/>.</exception>
    public static TransformerShape Parse(ReadOnlyMemory<byte> utf8, string? name = null) => Parse(utf8, name, (_, shape) => shape);

    /// <summary>Reads a file's bytes and makes something of it.</summary>
    internal static T Parse<T>(ReadOnlyMemory<byte> utf8, string? name, Func<ConfigReader, TransformerShape, T> make)
    {
        using var document = StrictJson.Parse(utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw NoFamily("is no JSON object.");
        return OfFamily(document.RootElement, name, make);
    }

    /// <summary>Whether a JSON text has the key that every config.json of Hugging Face has.</summary>
    /// <param name="utf8">The JSON.</param>
    public static bool IsConfig(ReadOnlyMemory<byte> utf8)
    {
        using var document = ParsedOrNull(utf8);
        return HasFamily(document);
    }

    /// <summary>What a file describes; null where it is too large for a config.json, or its JSON has no "model_type".</summary>
    private static TransformerShape? IfConfig(string file)
    {
        using var stream = RegularFile.OpenRead(file);
        if (stream.Length > LargestFile) return null;
        using var document = ParsedOrNull(RegularFile.ReadAllBytes(file));
        return HasFamily(document) ? OfFamily(document.RootElement, FolderOf(file), (_, shape) => shape) : null;
    }

    private static bool HasFamily([NotNullWhen(true)] JsonDocument? document)
        => document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(Entry, out _);

    private static JsonDocument? ParsedOrNull(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return StrictJson.Parse(utf8);
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    private static T InFile<T>(string path, Func<string, T> read)
    {
        var file = FileOf(path);
        try
        {
            return read(file);
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file);
        }
    }

    private static string? FolderOf(string file) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));

    private static T OfFamily<T>(JsonElement root, string? name, Func<ConfigReader, TransformerShape, T> make)
    {
        if (!root.TryGetProperty(Entry, out var type) || type.ValueKind != JsonValueKind.String) throw NoFamily("has none.");
        var family = type.GetString()!;
        if (!FamilyTable.Readers.TryGetValue(family, out var read)) throw Unknown(family);
        var config = new ConfigReader(root, family);
        var shape = read(config) with
        {
            Name = config.Text("_name_or_path") is { Length: > 0 } own ? own : name ?? family,
            ModelType = family
        };
        return make(config, ShapeCheck.Of(shape));
    }

    private static byte[] Bytes(string file)
    {
        using var stream = RegularFile.OpenRead(file);
        return stream.Length <= LargestFile ? RegularFile.ReadAllBytes(file) : throw NoFamily($"has {stream.Length} bytes.");
    }

    private static ModelFormatException NoFamily(string received) => new(new(
        "not_a_config", "A config.json of Hugging Face must be one small JSON object with the text \"model_type\",",
            $"but this one {received}",
        "Pass the config.json that lies beside the model's weights."));

    private static ModelFormatException Unknown(string family)
    {
        var nearest = ModelTypes.OrderBy(known => Spelling.Distance(family, known)).ThenBy(known => known, StringComparer.Ordinal).Take(3);
        return new(new(
            "unknown_model_type",
            $"The model_type of a config.json must be one of the {ModelTypes.Count} families that are read,",
            $"but is '{StrictJson.Printable(family)}'. Nearest: {string.Join(", ", nearest.Select(n => $"'{n}'"))}.",
            "Where it computes as a family that is known, set model_type to that one; else describe it with TransformerShape."),
            entry: Entry);
    }
}
