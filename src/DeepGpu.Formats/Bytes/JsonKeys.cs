using System.Text.Json;

namespace DeepGpu.Formats;

/// <summary>The names at the top of a JSON object, which tell what it is before it is read as one.</summary>
internal static class JsonKeys
{
    private const int MaxDepth = 1000;
    private const int MaxLength = 64 << 20;

    /// <summary>The names as far as the bytes are JSON; none where they are too many to be a description or a manifest.</summary>
    public static IReadOnlySet<string> Of(ByteSource source)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (source.Length > MaxLength) return names;
        var reader = new Utf8JsonReader(source.ReadBytes(0, (int)source.Length), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            Read(ref reader, names);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return names; // the reader that the names lead to says what is wrong
        }

        return names;
    }

    private static void Read(ref Utf8JsonReader reader, HashSet<string> names)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Skip();
        }
    }
}
