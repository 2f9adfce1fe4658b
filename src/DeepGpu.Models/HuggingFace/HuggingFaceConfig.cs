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
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        try
        {
            return Parse(Bytes(file), name ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))), make);
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file);
        }
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
        try
        {
            using var document = StrictJson.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Entry, out _);
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

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
