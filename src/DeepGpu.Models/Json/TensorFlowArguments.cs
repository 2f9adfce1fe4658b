using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Arguments whose meaning differs between TensorFlow and keras.ops.</summary>
internal static class TensorFlowArguments
{
    /// <summary>The function and arguments of keras.ops that compute the same.</summary>
    /// <param name="function">The function of keras.ops.</param>
    /// <param name="tensorFlow">TensorFlow's name of it, for errors.</param>
    /// <param name="given">The arguments under Keras's names, their values TensorFlow's.</param>
    /// <returns>The function, its arguments, and the function that follows it; null for none.</returns>
    public static (string Function, IReadOnlyList<(string Name, FunctionArgument Value)> Given, TensorFunction? Then) Changed(
        string function, string tensorFlow, IReadOnlyList<(string Name, FunctionArgument Value)> given) => function switch
        {
            "Sort" or "Argsort" => Sorted(function, tensorFlow, given),
            _ => Renamed(function, tensorFlow, given) is var (name, arguments) ? (name, arguments, null) : default,
        };

    private static (string Function, IReadOnlyList<(string Name, FunctionArgument Value)> Given) Renamed(
        string function, string tensorFlow, IReadOnlyList<(string Name, FunctionArgument Value)> given) => function switch
        {
            "Matmul" => Product(given),
            "Split" => (function, With(given, "indices_or_sections", Places)),
            "Pad" => (function, [.. given.Select(argument => argument.Value is TextArgument mode
                ? (argument.Name, mode.Value.ToLowerInvariant()) : argument)]),
            "DepthToSpace" or "SpaceToDepth" => (function, With(given, "data_format", layout => Layout(tensorFlow, layout))),
            "Resize" => (function, With(given, "interpolation", method => Method(tensorFlow, method))),
            "Normalize" when given.All(argument => argument.Name != "axis") => throw NeedsAxis(tensorFlow),
            "Normalize" => (function, [.. given.Where(argument => argument.Name != "epsilon"), ("epsilon", Math.Sqrt(Epsilon(given)))]),
            _ => (function, given),
        };

    /// <summary>Ascending as keras.ops sorts; a descending sort is turned at the end, descending places are those of the negatives, so that
    /// equal elements keep their order.</summary>
    private static (string, IReadOnlyList<(string Name, FunctionArgument Value)>, TensorFunction?) Sorted(string function,
        string tensorFlow, IReadOnlyList<(string Name, FunctionArgument Value)> given)
    {
        var axis = given.FirstOrDefault(argument => argument.Name == "axis").Value ?? -1;
        var direction = given.FirstOrDefault(argument => argument.Name == "direction").Value;
        List<(string Name, FunctionArgument Value)> rest = [.. given.Where(argument => argument.Name != "direction")];
        return direction switch
        {
            null or TextArgument { Value: "ASCENDING" } => (function, rest, null),
            TextArgument { Value: "DESCENDING" } when function == "Sort" => (function, rest, new("Flip", ("axis", axis))),
            TextArgument { Value: "DESCENDING" } => ("Negative", [.. rest.Where(argument => argument.Name == "x")],
                new(function, ("axis", axis))),
            _ => throw LayerJson.UnknownOption(tensorFlow, "direction", Written(direction)),
        };
    }

    private static IReadOnlyList<(string Name, FunctionArgument Value)> With(IReadOnlyList<(string Name, FunctionArgument Value)> given,
        string name, Func<FunctionArgument, FunctionArgument> change)
        => [.. given.Select(argument => argument.Name == name ? (name, change(argument.Value)) : argument)];

    private static FunctionArgument Layout(string tensorFlow, FunctionArgument layout) => layout switch
    {
        TextArgument { Value: "NHWC" } => "channels_last",
        TextArgument { Value: "NCHW" } => "channels_first",
        _ => throw LayerJson.UnknownOption(tensorFlow, "data_format", Written(layout)),
    };

    private static FunctionArgument Method(string tensorFlow, FunctionArgument method)
        => method is TextArgument { Value: "bilinear" or "nearest" or "bicubic" or "lanczos3" or "lanczos5" } ? method
            : throw LayerJson.UnknownOption(tensorFlow, "method", Written(method));

    private static JsonValue Written(FunctionArgument argument)
        => argument is TextArgument text ? JsonValue.Create(text.Value) : JsonValue.Create(argument.ToString()!);

    /// <summary>A product with an operand transposed is an einsum.</summary>
    private static (string Function,
        IReadOnlyList<(string Name, FunctionArgument Value)> Given) Product(IReadOnlyList<(string Name, FunctionArgument Value)> given)
    {
        bool Is(string name) => given.Any(argument => argument.Name == name && argument.Value is FlagArgument { Value: true });
        List<(string Name, FunctionArgument Value)> operands = [.. given.Where(argument => argument.Name is "x1" or "x2")];
        if (!Is("transpose_a") && !Is("transpose_b")) return ("Matmul", operands);
        FunctionArgument Operand(string name) => operands.FirstOrDefault(argument => argument.Name == name).Value ?? FunctionArgument.None;
        var equation = $"...{(Is("transpose_a") ? "ji" : "ij")},...{(Is("transpose_b") ? "kj" : "jk")}->...ik";
        return ("Einsum", [("operands", FunctionArgument.List(Operand("x1"), Operand("x2"))), ("subscripts", equation)]);
    }

    /// <summary>TensorFlow names the parts' lengths, keras.ops the places between them.</summary>
    private static FunctionArgument Places(FunctionArgument sizes)
    {
        if (sizes is not ListArgument list) return sizes;
        var sum = 0;
        return FunctionArgument.List(list.Items.SkipLast(1)
            .Select(item => (FunctionArgument)(sum += item is NumberArgument number ? (int)number.Value : 0)));
    }

    /// <summary>TensorFlow bounds the square of the norm, keras.ops the norm.</summary>
    private static double Epsilon(IReadOnlyList<(string Name, FunctionArgument Value)> given)
        => given.FirstOrDefault(argument => argument.Name == "epsilon").Value is NumberArgument { Value: > 0 } number ? number.Value
            : 1e-12;

    private static ModelFormatException NeedsAxis(string function) => new(new Fault(
        "bad_value",
        $"A call of {StrictJson.Printable(function)} needs its axis,",
        "but names none, so that samples of a batch would change one another.",
        "Name the axis."));
}
