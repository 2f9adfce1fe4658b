using System.Text.Json;

namespace DeepGpu.Cli;

/// <summary>Tells descriptions of Keras from other JSON.</summary>
internal static class KerasDescription
{
    private const int MostBytes = 64 << 20;

    /// <summary>Whether a file is JSON with a class and a config at its top.</summary>
    public static bool Is(string path)
    {
        var length = new FileInfo(path).Length;
        return length is > 1 and <= MostBytes && StartsAsObject(path) && HasClass(RegularFile.ReadAllBytes(path));
    }

    private static bool StartsAsObject(string path)
    {
        Span<byte> start = stackalloc byte[64];
        using var file = RegularFile.OpenRead(path);
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read].TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static bool HasClass(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("class_name", out _)
                && document.RootElement.TryGetProperty("config", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
