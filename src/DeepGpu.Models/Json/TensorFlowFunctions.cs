using System.Collections.Frozen;
using System.Text.Json.Nodes;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Json;

/// <summary>A function of TensorFlow as Keras 2 names it, and the functions of keras.ops that compute it.</summary>
/// <param name="Function">The function of keras.ops.</param>
/// <param name="Arguments">TensorFlow's arguments in order, each with Keras's name of it.</param>
/// <param name="Fixed">Arguments whose value TensorFlow gives where it is left out.</param>
/// <param name="Then">A function of the result; null for none.</param>
internal sealed record TensorFlowFunction(
    string Function,
    IReadOnlyList<(string TensorFlow, string Keras)> Arguments,
    IReadOnlyList<(string Name, FunctionArgument Value)> Fixed,
    string? Then);

/// <summary>TFOpLambda and SlicingOpLambda of Keras 2.4 to 2.15: names of functions, from a literal list, and their arguments. No
/// code.</summary>
internal static class TensorFlowFunctions
{
    /// <summary>Arguments that decide nothing.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "name", "validate_indices", "output_type",
        "overwrite_to_default_dtype", "stable" };

    private static readonly FrozenDictionary<string, TensorFlowFunction> ByName = TensorFlowTable.Lines
        .SelectMany(Parse).ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Whether a class is one of Keras 2's around a function.</summary>
    public static bool IsClass(string className) => className is "TFOpLambda" or "SlicingOpLambda";

    /// <summary>Whether an object of a layer is a call of tf.shape.</summary>
    public static bool IsShape(JsonNode? node) => node?["class_name"] is JsonValue name && name.TryGetValue<string>(out var className)
        && IsClass(className) && node["config"]?["function"] is JsonValue value && value.TryGetValue<string>(out var function)
        && (function is ShapeFolding.Shape or "compat.v1.shape");

    /// <summary>The function a layer of Keras 2 names, without its call's arguments.</summary>
    /// <exception cref="ModelFormatException">It is not on the list.</exception>
    public static TensorFunction Read(JsonObject config)
        => new(Find(config).Function) { Name = (string?)config["name"] };

    /// <summary>The function with the arguments of its call, what they refer to, and the function that follows it.</summary>
    /// <param name="config">The layer's config.</param>
    /// <param name="call">The call: [layer, call, output, {arguments}], one or several of them, or ["_CONSTANT_VALUE", -1, value,
    /// ...].</param>
    /// <param name="isLayer">Whether a name is a layer's.</param>
    public static (TensorFunction Function, IReadOnlyList<TensorReference> Inputs, TensorFunction? Then) WithCall(JsonObject config,
        JsonArray call, Func<string, bool> isLayer)
    {
        var (row, name) = (Find(config), (string?)config["name"]);
        var reader = new FunctionArguments(name ?? row.Function);
        List<JsonArray> tensors = call is [JsonArray, ..] ? [.. call.OfType<JsonArray>()] : [call];
        List<FunctionArgument> values = [.. tensors.Select(tensor => IsConstant(tensor) ? reader.Read(tensor[2])
            : reader.Input(TensorReference.Parse(tensor)))];
        var first = IsList(row) ? FunctionArgument.List(values) : values[0];
        List<(string Name, FunctionArgument Value)> given = [(row.Arguments[0].Keras, first)];
        foreach (var (key, value) in tensors[0].ElementAtOrDefault(3) as JsonObject ?? [])
        {
            if (row.Arguments.FirstOrDefault(argument => argument.TensorFlow == key).Keras
                is { } keras) given.Add((keras, reader.ReadTwo(value, isLayer)));
            else if (!Ignored.Contains(key) && !LayerJson.IsOff(value))
                throw LayerJson.UnknownOption((string)config["function"]!, key, value!);
        }

        var changed = TensorFlowArguments.Changed(row.Function, (string)config["function"]!,
            [.. given.Where(argument => argument.Value is not NoArgument)]);
        var all = (changed.Function == row.Function ? row.Fixed : [])
            .Where(otherwise => changed.Given.All(argument => argument.Name != otherwise.Name)).Concat(changed.Given);
        var then = changed.Then ?? (row.Then is { } next ? new TensorFunction(next) : null);
        return (new(changed.Function, [.. all]) { Name = name }, reader.Inputs, then);
    }

    private static bool IsConstant(JsonArray tensor) => tensor is [JsonValue name, ..] && name.TryGetValue<string>(out var text)
        && text == "_CONSTANT_VALUE";

    private static bool IsList(TensorFlowFunction row) => TensorFunctions.Find(row.Function)!.Operands[0][0] == '*'
        && row.Function != "Einsum";

    private static TensorFlowFunction Find(JsonObject config)
    {
        var function = (string?)config["function"]
            ?? (config.ContainsKey("name") ? "__operators__.getitem" : throw LayerJson.Missing("function"));
        if (function.StartsWith("compat.v1.image.", StringComparison.Ordinal)) throw FunctionJson.Unknown(function);
        return ByName.GetValueOrDefault(function.Replace("compat.v1.", "", StringComparison.Ordinal))
            ?? throw FunctionJson.Unknown(function);
    }

    /// <summary>"names | Function | tf:keras ... | option=value ... | Then".</summary>
    private static IEnumerable<KeyValuePair<string, TensorFlowFunction>> Parse(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        var arguments = Words(parts[2]).Select(word => word.Split(':')).Select(pair => (pair[0], pair[^1])).ToList();
        var defaults = Words(parts.ElementAtOrDefault(3) ?? "").Select(word => word.Split('=')).Select(pair => (pair[0], Value(pair[1])))
            .ToList();
        var function = new TensorFlowFunction(parts[1], arguments, defaults, parts.ElementAtOrDefault(4));
        return Words(parts[0]).Select(name => KeyValuePair.Create(name, function));
    }

    private static FunctionArgument Value(string text) => text switch
    {
        "false" => false,
        "true" => true,
        _ when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
