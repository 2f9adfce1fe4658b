namespace DeepGpu.Generate;

/// <summary>A method for each layer a graph can hold: inputs, the constructor's parameters, every option by its name.</summary>
internal static class FluentLayers
{
    public static bool Has(Declared layer) => layer.HasMethod && Declarations.Bases(layer.Type).All(type => type.Name != "RecurrentCell");

    public static CodeText Of(string folder, IReadOnlyList<Declared> layers)
    {
        var body = new CodeText();
        body.Indented(() =>
        {
            for (var i = 0; i < layers.Count; i++)
            {
                if (i > 0) body.Line("");
                Write(body, layers[i]);
            }
        });
        return Whole(folder, body.Lines);
    }

    private static CodeText Whole(string folder, string body)
    {
        var hasLists = body.Contains("ImmutableArray", StringComparison.Ordinal);
        var code = CodeText.File("DeepGpu.Models", hasLists ? ["System.Collections.Immutable"] : []);
        code.Line($"/// <content>{folder}.</content>").Line("public static partial class FluentLayers");
        return code.Line("{").Raw(body).Line("}");
    }

    private static void Write(CodeText code, Declared layer)
    {
        var inputs = CallInputs.Of(layer);
        if (layer.Arguments.Any(argument => argument.IsList) || inputs.AreSeveral)
        {
            Short(code, layer, inputs);
            code.Line("");
        }

        Full(code, layer, inputs);
    }

    /// <summary>What is a list at the end may be written out value by value: then there is no place for options.</summary>
    private static void Short(CodeText code, Declared layer, CallInputs inputs)
    {
        List<Option> needed = [.. layer.Arguments.Where(argument => argument.Default is null)];
        List<string> parameters = [$"this SymbolicTensor {inputs.First}", .. needed.Where(n => !n.IsList).Select(n => n.Declaration)];
        var list = inputs.AreSeveral ? "IEnumerable<SymbolicTensor> others" : needed.Single(n => n.IsList).Declaration;
        parameters.Add($"params {list}");
        Parameters.Document(code, layer, Made(layer), inputs.Texts, needed);
        Parameters.Signature(code, $"public static SymbolicTensor {layer.Method}", parameters);
        code.Indented(() => code.Line($"=> {inputs.Apply($"new {layer.Name}({string.Join(", ", needed.Select(n => n.Parameter))})")};"));
    }

    private static void Full(CodeText code, Declared layer, CallInputs inputs)
    {
        Parameters.Document(code, layer, Made(layer), inputs.Texts, [.. layer.Arguments, .. layer.Options]);
        Parameters.Signature(code, $"public static SymbolicTensor {layer.Method}", All(layer, inputs));
        var start = $"new {layer.Name}({string.Join(", ", layer.Arguments.Select(argument => argument.Parameter))})";
        code.Block(() =>
        {
            if (layer.Options.Any(option => option.KeepsOwnDefault)) code.Line($"var defaults = {start};");
            var from = layer.Options.Any(option => option.KeepsOwnDefault) ? "defaults with" : start;
            Parameters.Set(code, $"var made = {from}", layer.Options, ";");
            code.Line($"return {inputs.Apply("made")};");
        });
    }

    private static List<string> All(Declared layer, CallInputs inputs) =>
    [
        $"this SymbolicTensor {inputs.First}",
        .. inputs.Needed,
        .. layer.Arguments.Where(argument => argument.Default is null).Select(argument => argument.Declaration),
        .. inputs.Optional,
        .. layer.Arguments.Where(argument => argument.Default is not null).Select(argument => argument.Declaration),
        .. layer.Options.Select(option => option.Declaration),
    ];

    private static string Made(Declared layer) => $"Adds the layer <see cref=\"Models.{layer.Name}\"/>.";
}
