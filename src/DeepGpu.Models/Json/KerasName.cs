using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Models;

/// <summary>Names in configs.</summary>
internal static class KerasName
{
    private const int MaxDepth = 16;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A text as a tree, whose depth is bounded.</summary>
    public static JsonNode? Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), MaxDepth);
        return JsonNode.Parse(document.RootElement.GetRawText());
    }

    /// <summary>A tree as a text for people.</summary>
    /// <exception cref="ModelFormatException">There is none: Keras has no class for the object.</exception>
    public static string Text(JsonNode? node, string name) => node?.ToJsonString(Indented) ?? throw new ModelFormatException(new(
        "not_writable",
        "A file can hold losses and metrics of this library, and classes that extensions register,",
        $"but '{name}' is not one of them.",
        "Register your class with Extensions.WithLoss or WithMetric and pass them, or pass a delegate to Compile after loading."));

    /// <summary>The name that a text, or the object Keras writes for a function, gives; null for anything else.</summary>
    public static string? Of(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => name,
        JsonObject o when o["class_name"] is JsonValue kind && kind.TryGetValue<string>(out var text) && text is "function"
            && o["config"] is JsonValue => Of(o["config"]),
        _ => null,
    };

    /// <summary>"mean_squared_error" and "MeanSquaredError" alike.</summary>
    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>A config without some keys.</summary>
    public static JsonObject Without(JsonObject config, params string[] keys)
        => new(config.Where(pair => !keys.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
