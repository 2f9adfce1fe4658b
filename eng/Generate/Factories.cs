namespace DeepGpu.Generate;

/// <summary>A method for each loss, metric or optimizer: the constructor's parameters, every option by its name.</summary>
internal static class Factories
{
    /// <param name="space">The namespace.</param>
    /// <param name="kind">Class or record.</param>
    /// <param name="root">The class that the methods are in.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="means">Losses, of which some have a metric that is their mean.</param>
    public static CodeText Of(
        string space, string kind, string root, IReadOnlyList<Declared> classes, IReadOnlyList<Declared>? means = null)
    {
        var body = new CodeText();
        body.Indented(() =>
        {
            var first = true;
            foreach (var declared in classes.Where(c => c.HasMethod)) Write(Separated(body, ref first), declared, root);
            foreach (var loss in (means ?? []).Where(loss => loss.MeanMetric is not null)) WriteMean(Separated(body, ref first), loss);
        });
        List<string> usings = [];
        if (body.Lines.Contains("ImmutableArray", StringComparison.Ordinal)) usings.Add("System.Collections.Immutable");
        var code = CodeText.File(space, usings);
        code.Line("/// <content>A method for each class, with its options by name and their defaults.</content>");
        return code.Line($"public abstract partial {kind} {root}").Line("{").Raw(body.Lines).Line("}");
    }

    private static CodeText Separated(CodeText body, ref bool first)
    {
        if (!first) body.Line("");
        first = false;
        return body;
    }

    private static void Write(CodeText code, Declared declared, string root)
    {
        Parameters.Document(code, declared, "", [], [.. declared.Arguments, .. declared.Options]);
        Parameters.Signature(code, $"public static {declared.Name} {declared.Method}", Declarations(declared));
        var start = $"new {Qualified(declared, root)}({string.Join(", ", declared.Arguments.Select(argument => argument.Parameter))})";
        if (declared.Options.All(option => !option.KeepsOwnDefault))
        {
            code.Indented(() => Parameters.Set(code, $"=> {start}", declared.Options, ";"));
            return;
        }

        var copy = declared.Type.IsRecord ? "defaults with" : start;
        code.Block(() => Parameters.Set(code.Line($"var defaults = {start};"), $"return {copy}", declared.Options, ";"));
    }

    /// <summary>The metric that is the mean of a loss.</summary>
    private static void WriteMean(CodeText code, Declared loss)
    {
        List<Option> options = [.. loss.Arguments, .. loss.Options.Where(option => option.Property != "Reduction")];
        var name = new Option("Name", "name", "string?", "null", "The key in the history. Default Keras's name of the metric.");
        Parameters.Document(code, loss, "The metric is its mean over samples.", [], [.. options, name]);
        List<string> parameters = [.. options.Append(name).Select(option => option.Declaration)];
        Parameters.Signature(code, $"public static LossMetric {loss.MeanMetric}", parameters);
        code.Block(() =>
        {
            var values = string.Join(", ", options.Select(option => $"{option.Parameter}: {option.Parameter}"));
            code.Line($"var defaults = new LossMetric(Loss.{loss.Method}({values}));");
            code.Line("return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };");
        });
    }

    private static List<string> Declarations(Declared declared) =>
    [
        .. declared.Arguments.Where(argument => argument.Default is null).Select(argument => argument.Declaration),
        .. declared.Arguments.Where(argument => argument.Default is not null).Select(argument => argument.Declaration),
        .. declared.Options.Select(option => option.Declaration),
    ];

    private static string Qualified(Declared declared, string root) => declared.Name == root ? $"DeepGpu.{root}" : declared.Name;
}
