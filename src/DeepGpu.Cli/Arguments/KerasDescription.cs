using System.Text.Json;

namespace DeepGpu.Cli;

/// <summary>Tells descriptions of Keras from other JSON.</summary>
internal static class KerasDescription
{
    private const int MostBytes = 64 << 20;

    /// <summary>Whether a file is JSON with a class and a config at its top.</summary>
    public static bool Is(string path) => Has(path, "class_name", "config");

    private static bool Has(string path, params string[] keys)
        => new FileInfo(path).Length is > 1 and <= MostBytes && StartsAsObject(path) && Has(RegularFile.ReadAllBytes(path), keys);

    private static bool StartsAsObject(string path)
    {
        Span<byte> start = stackalloc byte[64];
        using var file = RegularFile.OpenRead(path);
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read].TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static bool Has(byte[] json, string[] keys)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && keys.All(key => document.RootElement.TryGetProperty(key, out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
