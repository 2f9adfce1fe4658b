using System.Text.Json;
using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models;

/// <summary>Reads the description of a diffusion model's network from the config.json of its folder "unet" or "transformer", as the
/// diffusers library writes it. No weights are read.</summary>
public static class DiffusionConfig
{
    private const int LargestFile = 4 << 20;
    private const string Entry = "_class_name";

    private static readonly Dictionary<string, Func<ConfigReader, string, DiffusionShape>> Readers = new(StringComparer.Ordinal)
    {
        ["UNet2DConditionModel"] = UNetFamily.Read,
        ["SD3Transformer2DModel"] = DiffusionTransformerFamily.StableDiffusion3,
        ["PixArtTransformer2DModel"] = DiffusionTransformerFamily.PixArt,
        ["Transformer2DModel"] = DiffusionTransformerFamily.PixArt,
    };

    /// <summary>The values of "_class_name" that are read, sorted.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">config.json, the folder it lies in, or the folder of the whole model.</param>
    /// <param name="name">What to call the model; null for its folder's name.</param>
    /// <exception cref="ModelFormatException">The file is no config.json of diffusers, its kind is not known, or a value in it is
    /// impossible.</exception>
    public static DiffusionShape Read(string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = FileOf(path) ?? Path.Combine(path, "config.json");
        try
        {
            using var stream = RegularFile.OpenRead(file);
            if (stream.Length > LargestFile) throw NoKind($"has {stream.Length} bytes.");
            return Parse(RegularFile.ReadAllBytes(file), name ?? NameOf(file));
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file);
        }
    }

    /// <summary>The config.json that a path means: the file itself, that of the folder, or of its folder "unet" or "transformer"; null
    /// where there is none of a diffusion model.</summary>
    /// <param name="path">A file or a folder.</param>
    public static string? FileOf(string path)
    {
        string[] files = Directory.Exists(path) ? [Path.Combine(path, "config.json"), Path.Combine(path, "unet", "config.json"),
            Path.Combine(path, "transformer", "config.json")] : [path];
        return files.FirstOrDefault(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(file)
            && new FileInfo(file).Length <= LargestFile && IsConfig(RegularFile.ReadAllBytes(file)));
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="name">What to call the model; null for its kind.</param>
    /// <exception cref="ModelFormatException">As of <see cref="Read"/>.</exception>
    public static DiffusionShape Parse(ReadOnlyMemory<byte> utf8, string? name = null)
    {
        using var document = StrictJson.Parse(utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw NoKind("is no JSON object.");
        if (!document.RootElement.TryGetProperty(Entry, out var type) || type.ValueKind != JsonValueKind.String) throw NoKind("has none.");
        var kind = type.GetString()!;
        return Readers.TryGetValue(kind, out var read) ? read(new(document.RootElement, kind), name ?? kind) : throw Unknown(kind);
    }

    /// <summary>Whether a JSON text has the key that every config.json of diffusers has, with the name of a network.</summary>
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

    /// <summary>The folder's name, or of a folder "unet" or "transformer" that of the one around it.</summary>
    private static string? NameOf(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (Path.GetFileName(folder) is "unet" or "transformer") folder = Path.GetDirectoryName(folder);
        return Path.GetFileName(folder) is { Length: > 0 } name ? name : null;
    }

    private static ModelFormatException NoKind(string received) => new(new(
        "not_a_diffusion_config", "A config.json of diffusers must be one small JSON object with the text \"_class_name\",",
        $"but this one {received}", "Pass the config.json in the model's folder 'unet' or 'transformer'."));

    private static ModelFormatException Unknown(string kind) => new(new(
        "unknown_diffusion_kind", $"The _class_name of a diffusion model's config.json must be one of {string.Join(", ", Kinds)},",
        $"but is '{StrictJson.Printable(kind)}'.", "Describe it with DiffusionShape."), entry: Entry);
}
