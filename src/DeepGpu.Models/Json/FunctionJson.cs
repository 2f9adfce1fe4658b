using System.Text.Json.Nodes;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Json;

/// <summary>Functions of tensors in descriptions: operations of Keras 3, TFOpLambda and SlicingOpLambda of Keras 2.</summary>
internal static class FunctionJson
{
    private const string Module = "keras.src.ops.";

    /// <summary>Keys of an operation's config that decide nothing.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "name", "trainable" };

    /// <summary>Whether an object is an operation of Keras 3.</summary>
    public static bool IsFunction(JsonNode node)
        => node["module"] is JsonValue value && value.TryGetValue<string>(out var module)
            && (module.StartsWith("keras.src.ops.", StringComparison.Ordinal) || module.StartsWith("keras.ops", StringComparison.Ordinal));

    /// <summary>Whether there is a layer that does only what an operation does: one that compares with a number, one that looks along
    /// axes.</summary>
    public static bool HasLayer(string className, JsonNode node, JsonObject config) => className switch
    {
        "Any" => config["axis"] is not null,
        "NotEqual" => (node["inbound_nodes"] as JsonArray ?? []).All(call => call?["args"] is JsonArray and [JsonObject, JsonValue]),
        _ => false,
    };

    /// <summary>Reads an operation of Keras 3; its call's arguments follow with <see cref="WithCall"/>.</summary>
    /// <exception cref="ModelFormatException">The operation or an option of it is not on the list.</exception>
    public static TensorFunction Read(string className, JsonObject config)
    {
        var row = TensorFunctions.Find(className) ?? throw Unknown(className);
        var reader = new FunctionArguments((string?)config["name"] ?? className);
        List<(string, FunctionArgument)> options = [];
        foreach (var (key, value) in config)
        {
            if (row.Options.Contains(key)) options.Add((key, reader.Read(value)));
            else if (!Ignored.Contains(key) && key != "dtype" && !LayerJson.IsOff(value)) throw LayerJson.UnknownOption(className, key,
                value!);
        }

        return new(className, options) { Name = (string?)config["name"] };
    }

    /// <summary>The function with the arguments of its call, {"args": [...], "kwargs": {...}}, and what they refer to.</summary>
    public static (TensorFunction Function, IReadOnlyList<TensorReference> Inputs) WithCall(TensorFunction function, JsonNode? call,
        string layer)
    {
        var reader = new FunctionArguments(layer);
        var names = function.Row.Operands.Concat(function.Row.Options).Select(name => name.TrimStart('*')).ToList();
        var given = (call?["args"] as JsonArray ?? [])
            .Select((argument, i) => (Name: i < names.Count ? names[i] : throw TooMany(layer, names.Count), Value: reader.Read(argument)))
            .ToList();
        if (function.Function == "Einsum") given = [("operands",
            FunctionArgument.List((call?["args"] as JsonArray ?? []).Select((_, i) => FunctionArgument.Input(i))))];
        foreach (var (key, value) in call?["kwargs"] as JsonObject ?? [])
        {
            if (names.Contains(key)) given.Add((key, reader.Read(value)));
            else if (!LayerJson.IsOff(value)) throw LayerJson.UnknownOption(function.Function, key, value!);
        }

        return (With(function, given), reader.Inputs);
    }

    /// <summary>The function with further arguments; a later one of a name counts.</summary>
    public static TensorFunction With(TensorFunction function, IReadOnlyList<(string Name, FunctionArgument Value)> given)
        => new(function.Function, [.. function.Arguments.Where(a => given.All(other => other.Name != a.Key)).Select(a => (a.Key, a.Value)),
            .. given])
        { Name = function.Name };

    /// <summary>The layer that a function is, where there is one that does only that.</summary>
    public static Layer AsLayer(TensorFunction function) => function.Function switch
    {
        "NotEqual" when function.Operand("x1") is InputArgument && function.Operand("x2") is NumberArgument number
            => new NotEqual(number.Value) { Name = function.Name },
        "Any" when function.Integers("axis") is { Length: > 0 } axes
            => new Any { Name = function.Name, Axis = new(axes), KeepDims = function.Flag("keepdims") },
        _ => function,
    };

    /// <summary>Writes a function as Keras 3's operation.</summary>
    public static JsonObject Write(TensorFunction function, string? name)
    {
        var config = new JsonObject { ["name"] = name };
        foreach (var option in function.Row.Options.Where(option => function.Arguments.Any(argument => argument.Key == option)))
            config[option] = FunctionArguments.Write(function.Argument(option), _
                => throw new InvalidOperationException("An option is no tensor."));
        return KerasType.Object(function.Function, Module + function.Row.Module, config, function.Function);
    }

    /// <summary>Writes a call's operands.</summary>
    /// <param name="function">The function.</param>
    /// <param name="tensors">The references to its inputs.</param>
    public static JsonNode?[] Arguments(TensorFunction function, JsonNode[] tensors)
    {
        JsonNode Reference(int index) => tensors[index].DeepClone();
        if (function.Row.Operands is [['*', ..] list])
        {
            var items = function.Argument(list[1..]) is ListArgument given
                ? given.Items.Select(item => FunctionArguments.Write(item, Reference)) : tensors.Select(tensor => tensor.DeepClone());
            return function.Function == "Einsum" ? [.. items] : [new JsonArray([.. items])];
        }

        var written = function.Row.Operands.Select(function.Operand).ToList();
        while (written.Count > 0 && (written[^1] is null
            || (written[^1] is InputArgument input && input.Index >= tensors.Length))) written.RemoveAt(written.Count - 1);
        return [.. written.Select(argument => FunctionArguments.Write(argument, Reference))];
    }

    /// <summary>The refusal of a function that is not on the list.</summary>
    public static ModelFormatException Unknown(string function) => new(new Fault(
        "unknown_class",
        "A graph may call only functions of tensors this library knows,",
        $"but calls '{StrictJson.Printable(function)}'.",
        $"Replace it by a layer, or by one of {string.Join(", ", TensorFunctions.Names)}."));

    private static ModelFormatException TooMany(string layer, int most) => new(new Fault(
        "unknown_argument",
        $"A call of '{StrictJson.Printable(layer)}' may have {most} arguments,",
        "but has more.",
        "Leave the others out."));
}
