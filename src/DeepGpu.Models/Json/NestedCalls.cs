using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>The numbers of calls of models inside a graph. Keras 1 and 2 count those of a nested model from 1, as it is called once when
/// it is
/// made; Keras 3 does so for those that are outputs.</summary>
internal static class NestedCalls
{
    /// <summary>Changes the references to nested models so that each counts from 0.</summary>
    /// <param name="layers">The graph's layers.</param>
    /// <param name="graph">The graph's config.</param>
    public static void CountFromZero(JsonArray layers, JsonObject graph)
    {
        foreach (var nested in layers.OfType<JsonObject>().Where(IsModel))
        {
            if (nested["name"] is not JsonValue value || !value.TryGetValue<string>(out var name) || nested["inbound_nodes"]
                is not JsonArray { Count: > 0 } calls) continue;
            List<JsonArray> inside = [.. layers.OfType<JsonObject>().SelectMany(layer => References(layer["inbound_nodes"], name))];
            List<JsonArray> outputs = [.. References(graph["output_layers"], name)];
            var fromOne = inside.Concat(outputs).Select(Number).DefaultIfEmpty(0).Max() == calls.Count
                && inside.All(reference => Number(reference) >= 1);
            var isGraphOfThree = calls[0] is JsonObject && !IsSequential(nested) && outputs.All(reference => Number(reference) >= 1);
            foreach (var reference in fromOne ? inside : []) reference[1] = Number(reference) - 1;
            foreach (var reference in fromOne || isGraphOfThree ? outputs : []) reference[1] = Number(reference) - 1;
        }
    }

    private static IEnumerable<JsonArray> References(JsonNode? node, string name) => node switch
    {
        JsonArray list when list is [JsonValue first, JsonValue call, ..] && first.TryGetValue<string>(out var text) && text == name
            && call.TryGetValue<int>(out _) => [list],
        JsonArray list => list.SelectMany(item => References(item, name)),
        JsonObject map => map.SelectMany(pair => References(pair.Value, name)),
        _ => [],
    };

    private static int Number(JsonArray reference) => reference[1]!.GetValue<int>();

    private static bool IsModel(JsonObject layer) => ClassOf(layer) is "Sequential" or "Functional" or "Model";

    private static bool IsSequential(JsonObject layer) => ClassOf(layer) == "Sequential";

    private static string? ClassOf(JsonObject layer) => layer["class_name"] is JsonValue value && value.TryGetValue<string>(out var name)
        ? name : null;
}
