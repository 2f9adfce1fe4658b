using System.Globalization;
using System.Text.Json.Nodes;

namespace DeepGpu.Training;

/// <summary>The values of callbacks as JSON can hold them: it has no words for infinite and undefined numbers.</summary>
internal static class StateNumbers
{
    private const string Key = "deepgpu:number";

    /// <summary>A copy in which such a number is an object around its name.</summary>
    public static JsonNode? Encoded(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Encoded(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Encoded)]),
        JsonValue value when value.TryGetValue<double>(out var number) && !double.IsFinite(number) => Named(number),
        JsonValue value when value.TryGetValue<float>(out var number) && !float.IsFinite(number) => Named(number),
        _ => node?.DeepClone(),
    };

    /// <summary>A copy in which each such object is the number again.</summary>
    public static JsonNode? Decoded(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map[Key] is JsonValue name => double.Parse(name.GetValue<string>(), CultureInfo.InvariantCulture),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Decoded(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Decoded)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Named(double number) => new() { [Key] = number.ToString(CultureInfo.InvariantCulture) };
}
