using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DeepGpu;

/// <summary>Parses JSON that comes from outside: valid UTF-8, no comment, no duplicate key at any level, bounded depth,
/// nothing after the value.</summary>
/// <remarks>.NET's parser alone lets duplicate keys and lone surrogates through until somebody reads them.</remarks>
public static class StrictJson
{
    private const int LongestShown = 120;

    /// <summary>Parses one JSON value that fills the bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="maxDepth">The deepest nesting allowed.</param>
    /// <param name="codePrefix">Put before the codes "not_utf8", "not_json" and "too_deep".</param>
    /// <param name="baseOffset">Where the bytes start in their file, for error messages.</param>
    /// <exception cref="ModelFormatException">The bytes break one of the rules; the offset says where.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, int maxDepth = 64, string codePrefix = "", long baseOffset = 0)
    {
        CheckUtf8(utf8.Span, codePrefix, baseOffset);
        CheckTokens(utf8.Span, maxDepth, codePrefix, baseOffset);
        return JsonDocument.Parse(utf8, new() { MaxDepth = maxDepth + 1 });
    }

    private static void CheckUtf8(ReadOnlySpan<byte> utf8, string prefix, long baseOffset)
    {
        if (Utf8.IsValid(utf8)) return;
        var position = 0;
        while (Rune.DecodeFromUtf8(utf8[position..], out _, out var length) == OperationStatus.Done) position += length;
        throw Broken(prefix + "not_utf8", "JSON must be valid UTF-8,", "but a byte sequence is not.", baseOffset + position);
    }

    private static void CheckTokens(ReadOnlySpan<byte> utf8, int maxDepth, string prefix, long baseOffset)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth + 2 });
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth > maxDepth)
                    throw Broken(prefix + "too_deep", $"JSON here may nest {maxDepth} levels,", "but nests deeper.",
                        baseOffset + reader.TokenStartIndex);
                CheckToken(ref reader, names, baseOffset);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken(prefix + "not_json", "The text must be one JSON value,", $"but: {FirstSentence(e.Message)}",
                baseOffset + reader.BytesConsumed, e);
        }
    }

    private static void CheckToken(ref Utf8JsonReader reader, Stack<HashSet<string>> names, long baseOffset)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                names.Push(new(StringComparer.Ordinal));
                break;
            case JsonTokenType.EndObject:
                names.Pop();
                break;
            case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!):
                throw Broken("duplicate_name", "A key may appear once in a JSON object,",
                    $"but '{Printable(reader.GetString()!)}' appears again.", baseOffset + reader.TokenStartIndex);
            case JsonTokenType.String when reader.ValueIsEscaped:
                reader.GetString();
                break;
        }
    }

    private static ModelFormatException Broken(string code, string rule, string received, long offset, Exception? inner = null)
        => new(new Fault(code, rule, received, "Write the file again with the tool it came from."), offset: offset, innerException: inner);

    private static string FirstSentence(string message) => message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];

    /// <summary>A text from a file as it may be shown: at most 120 characters of it, on one line, as <see cref="PrintableText.Of"/> writes
    /// it.</summary>
    public static string Printable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= LongestShown) return PrintableText.Of(text);
        return PrintableText.Of(text[..(char.IsHighSurrogate(text[LongestShown - 1]) ? LongestShown - 1 : LongestShown)]) + "...";
    }
}
