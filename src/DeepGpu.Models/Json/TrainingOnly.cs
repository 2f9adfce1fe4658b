using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Objects of classes nobody knows that matter only while training: a file's model predicts without them.</summary>
internal static class TrainingOnly
{
    /// <summary>Takes them out of a description.</summary>
    /// <param name="node">The description.</param>
    /// <param name="extensions">The classes beside the library's.</param>
    /// <param name="omitted">Takes a line for each: the option, the class and the layer.</param>
    public static void Omit(JsonNode? node, Extensions extensions, List<string> omitted)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Omit(item, extensions, omitted);
        }
        else if (node is JsonObject map)
        {
            foreach (var (key, value) in map.ToList())
            {
                if (IsUnknown(key, value, extensions) is { } className) Omit(map, key, className, omitted);
                else Omit(value, extensions, omitted);
            }
        }
    }

    private static void Omit(JsonObject config, string key, string className, List<string> omitted)
    {
        var layer = (string?)config["name"] ?? "a layer";
        omitted.Add($"{StrictJson.Printable(key)} {StrictJson.Printable(className)} of '{StrictJson.Printable(layer)}'");
        config.Remove(key);
    }

    /// <summary>The class of a constraint or penalty that this library lacks; null for all else.</summary>
    private static string? IsUnknown(string key, JsonNode? value, Extensions extensions)
    {
        var knows = key.EndsWith("_constraint", StringComparison.Ordinal) ? (Func<JsonNode, bool>)new ConstraintConverter(extensions).Knows
            : key.EndsWith("_regularizer", StringComparison.Ordinal) ? new RegularizerConverter(extensions).Knows : null;
        return knows is null || value is null || knows(value) ? null : ClassOf(value);
    }

    private static string ClassOf(JsonNode value)
        => (value is JsonObject map ? map["class_name"] == null ? map["config"] : map["class_name"] : value)?.ToString() ?? "of no name";
}
