namespace DeepGpu.Generate;

/// <summary>Methods that make an object: their documentation, parameters and what they set.</summary>
internal static class Parameters
{
    /// <summary>Summary, remarks and parameters.</summary>
    public static void Document(
        CodeText code, Declared declared, string made, IEnumerable<(string Name, string Text)> inputs, IEnumerable<Option> options)
    {
        code.Document("summary", $"{Documentation.Summary(declared.Type)} {made}".Trim());
        if (Documentation.Remarks(declared.Type) is { Length: > 0 } remarks) code.Document("remarks", remarks);
        foreach (var (name, text) in inputs) code.Document("param", text, $" name=\"{name}\"");
        foreach (var option in options) code.Document("param", Text(option), $" name=\"{option.Parameter.TrimStart('@')}\"");
        code.Document("exception", "An option has a value that it may not have.", " cref=\"DeepGpuArgumentException\"");
    }

    /// <summary>The parameters in one line, or one a line.</summary>
    public static void Signature(CodeText code, string method, IReadOnlyList<string> parameters, string end = "")
    {
        var line = $"{method}({string.Join(", ", parameters)}){end}";
        if (line.Length <= 120)
        {
            code.Line(line);
            return;
        }

        code.Line($"{method}(").Indented(() =>
        {
            for (var i = 0; i < parameters.Count; i++) code.Line(parameters[i] + (i < parameters.Count - 1 ? "," : $"){end}"));
        });
    }

    /// <summary>An object with its options, as the end of a statement.</summary>
    public static void Set(CodeText code, string start, IReadOnlyList<Option> options, string end)
    {
        var line = $"{start} {{ {string.Join(", ", options.Select(option => option.Assignment))} }}{end}";
        if (options.Count == 0) code.Line(start + end);
        else if (line.Length <= 120) code.Line(line);
        else code.Line(start).Block(() => { foreach (var option in options) code.Line($"{option.Assignment},"); }, end);
    }

    /// <summary>An option's text; the default is added where the text names none.</summary>
    private static string Text(Option option) => option switch
    {
        _ when option.Text.Contains("efault", StringComparison.Ordinal) => option.Text,
        { KeepsOwnDefault: true } => $"{option.Text} Default that of the class.",
        { Default: null or "null" or "default" } => option.Text,
        _ => $"{option.Text} Default {Word(option.Default)}.",
    };

    /// <summary>A constant as a word: Padding.Valid is "valid".</summary>
    private static string Word(string constant)
        => char.IsAsciiLetter(constant[0]) ? constant.Split('.')[^1].ToLowerInvariant() : constant;
}
