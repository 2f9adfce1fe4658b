using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Layers' names in files of Keras 1 and 2, which may hold "/": Keras 3 and this library write "_" for it, as names are
/// paths.</summary>
internal static class KerasNames
{
    /// <summary>A name without "/".</summary>
    public static string Plain(string name) => name.Replace('/', '_');

    /// <summary>Changes the names of layers and what refers to them, in every model at any depth.</summary>
    public static void MakePlain(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) MakePlain(item);
        }
        else if (node is JsonObject map)
        {
            foreach (var (_, value) in map) MakePlain(value);
            if (map["class_name"] is JsonValue && map["config"] is JsonObject config) Change(config, "name");
            if (map["inbound_nodes"] is { } calls)
            {
                Change(map, "name");
                ChangeReferences(calls, Plain);
            }

            ChangeReferences(map["input_layers"], Plain);
            ChangeReferences(map["output_layers"], Plain);
        }
    }

    /// <summary>Changes the layers that lists of [layer, call, output] name, at any depth.</summary>
    public static void ChangeReferences(JsonNode? node, Func<string, string> change)
    {
        if (node is JsonObject map)
        {
            foreach (var (_, value) in map) ChangeReferences(value, change);
        }
        else if (node is JsonArray list)
        {
            ChangeReference(list, change);
            foreach (var item in list) ChangeReferences(item, change);
        }
    }

    /// <summary>Changes the name where a list starts with one and a number, as a reference to a call does.</summary>
    private static void ChangeReference(JsonArray list, Func<string, string> change)
    {
        if (list is [JsonValue first, JsonValue call, ..] && first.TryGetValue<string>(out var name)
            && call.GetValueKind() == System.Text.Json.JsonValueKind.Number && change(name) is var changed && changed != name)
            list[0] = changed;
    }

    private static void Change(JsonObject map, string key)
    {
        if (map[key] is JsonValue value && value.TryGetValue<string>(out var name)
            && name.Contains('/', StringComparison.Ordinal)) map[key] = Plain(name);
    }
}
