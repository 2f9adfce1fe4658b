using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Turns what older Keras versions wrote into Keras 3's form.</summary>
internal static class KerasVersions
{
    /// <summary>Whether a description comes from Keras 1 or 2: Keras 3 has other names for shapes of inputs and policies.</summary>
    public static bool IsBeforeThree(JsonNode? node) => node switch
    {
        JsonObject map => !map.ContainsKey("batch_shape") && !IsPolicy(map["class_name"]) && map.All(p => IsBeforeThree(p.Value)),
        JsonArray list => list.All(IsBeforeThree),
        _ => true,
    };

    private static bool IsPolicy(JsonNode? className)
        => className is JsonValue value && value.TryGetValue<string>(out var name)
        && name.EndsWith("DTypePolicy", StringComparison.Ordinal);

    /// <summary>Changes options whose meaning changed with Keras 3, at any depth.</summary>
    public static void Upgrade(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Upgrade(item);
        }
        else if (node is JsonObject map)
        {
            KerasOneBranches.Upgrade(map);
            KerasOne.Upgrade(map);
            KerasTwo.Upgrade(map);
            TensorFlowOperations.Upgrade(map);
            UpgradeObject(map);
            foreach (var (_, value) in map.ToList()) Upgrade(value);
        }
    }

    /// <summary>A layer's options under the names this library has; where two versions spell one option, the last wins.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Renamed(string className, JsonObject config)
    {
        foreach (var (key, written) in config)
        {
            var value = KerasTwo.Unwrapped(written);
            yield return (className, key) switch
            {
                ("InputLayer", "batch_input_shape") => new("batch_shape", value),
                ("InputLayer", "dtype") => new("element_type", ElementType(value)),
                ("Hashing" or "HashedCrossing", "dtype") when IntegerType(value) is { } name => new("integer_type", name),
                ("ZeroPadding2D", "padding") or ("Cropping2D", "cropping") when value is JsonArray { Count: 2 } both
                    && both.All(side => side is JsonValue) => new(key, new JsonArray([.. both.Select(BothSides)])),
                ("ZeroPadding2D", "padding") or ("ZeroPadding1D", "padding") when KerasOne.Margins(value) is { } margins
                    => new(key, margins),
                ("ReLU" or "LeakyReLU", "alpha") => new("negative_slope", value),
                ("Normalization" or "BatchNormalization", "axis") when value is JsonArray { Count: 1 } => new(key, value[0]),
                _ => new(key, value),
            };
        }
    }

    /// <summary>The class name and options of an object that is a layer or the like; null for another.</summary>
    public static (string ClassName, JsonObject Config)? NamedConfig(JsonObject map)
        => map["class_name"] is JsonValue name && name.TryGetValue<string>(out var className) && map["config"] is JsonObject config
            ? (className, config) : null;

    private static void Rename(JsonObject map, string key, string before, string now)
    {
        if (map[key] is JsonValue value && value.TryGetValue<string>(out var name) && name == before) map[key] = now;
    }

    private static void UpgradeObject(JsonObject map)
    {
        foreach (var key in (string[])["activation", "recurrent_activation"]) Rename(map, key, "hard_sigmoid", "legacy_hard_sigmoid");
        Rename(map, "distribution", "normal", "truncated_normal");

        if (NamedConfig(map) is ("GRU" or "GRUCell", var config) && !config.ContainsKey("reset_after")) config["reset_after"] = false;
    }

    /// <summary>One number an axis stands for that many on both of its sides.</summary>
    private static JsonArray BothSides(JsonNode? side) => [side!.DeepClone(), side.DeepClone()];

    /// <summary>The name of a type of whole numbers, alone or as a policy; null for other types.</summary>
    private static string? IntegerType(JsonNode? dtype)
    {
        var name = dtype is JsonObject policy ? policy["config"]?["name"] : dtype;
        return name is JsonValue value && value.TryGetValue<string>(out var text) && text is "int32" or "int64" ? text : null;
    }

    private static readonly Dictionary<string, string> ElementTypes = new()
    {
        ["uint8"] = "u_int8",
        ["uint16"] = "u_int16",
        ["uint32"] = "u_int32",
        ["uint64"] = "u_int64",
        ["float"] = "float32",
        ["double"] = "float64",
        ["half"] = "float16",
        ["int"] = "int32",
    };

    private static JsonNode? ElementType(JsonNode? dtype)
    {
        var name = (dtype is JsonObject policy ? (string?)policy["config"]?["name"] : (string?)dtype) ?? "float32";
        return name == "string" ? throw LayerJson.UnknownClass("string input") : ElementTypes.GetValueOrDefault(name, name);
    }
}
