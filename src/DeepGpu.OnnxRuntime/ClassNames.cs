using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.OnnxRuntime;

/// <summary>The classes of a file's metadata.</summary>
internal static class ClassNames
{
    /// <summary>A JSON list of texts; empty where it is something else, as another tool may have written it.</summary>
    public static IReadOnlyList<string> Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray names && names.All(name => name?.GetValueKind() == JsonValueKind.String)
                ? [.. names.Select(name => name!.GetValue<string>())] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
