using System.Text.Json;

namespace DeepGpu.Formats.Keras;

/// <summary>Checks the JSON inside Keras files as JSON: what the layers in it mean is not this library's part to know.</summary>
internal static class KerasJson
{
    /// <summary>How deep configs nest: about four levels for each model inside a model, so thirty of those.</summary>
    public const int MaxDepth = 128;

    /// <summary>Makes sure that bytes are one JSON object.</summary>
    /// <exception cref="ModelFormatException">They are not.</exception>
    public static void Check(ReadOnlyMemory<byte> utf8, string entry)
    {
        try
        {
            using var document = StrictJson.Parse(utf8, MaxDepth);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Refuse("config_not_object", $"but is a {document.RootElement.ValueKind}.", entry);
        }
        catch (ModelFormatException e) when (e.Entry is null)
        {
            throw new ModelFormatException(e.Fault with { Code = Code(e.Fault.Code) }, offset: e.Offset, entry: entry, innerException: e);
        }
    }

    private static string Code(string code) => code switch
    {
        "not_json" => "config_not_json",
        "not_utf8" => "config_not_utf8",
        "duplicate_name" => "duplicate_key",
        _ => code,
    };

    private static ModelFormatException Refuse(string code, string received, string entry)
        => KerasArchive.Refusals.Because(code, "A Keras config must be a JSON object,", received, entry);
}
