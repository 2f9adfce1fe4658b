namespace DeepGpu.Generate;

/// <summary>The rows of registries: what a file may name, a literal list.</summary>
internal static class RegistryRows
{
    public static CodeText Of(string space, string registry, params (string List, IReadOnlyList<Declared> Classes)[] lists)
    {
        var code = CodeText.File(space, space.StartsWith("DeepGpu.Models", StringComparison.Ordinal) ? [] : ["DeepGpu.Models.Json"]);
        code.Line("/// <content>The rows.</content>").Line($"internal static partial class {registry}").Block(() =>
        {
            for (var i = 0; i < lists.Length; i++)
            {
                if (i > 0) code.Line("");
                Write(code, lists[i].List, [.. lists[i].Classes.Where(c => c.IsListed)]);
            }
        });
        return code;
    }

    private static void Write(CodeText code, string list, IReadOnlyList<Declared> classes)
    {
        code.Line($"private static KerasType[] {list}Rows() =>").Line("[").Indented(() =>
        {
            foreach (var declared in classes) Write(code, declared);
        });
        code.Line("];");
    }

    private static void Write(CodeText code, Declared declared)
    {
        var (start, end) =
            ($"new KerasType<{declared.Name}>(", $"\"{declared.ClassName}\", () => Json.{declared.Name}, () => {declared.Sample})");
        var facts = Facts(declared);
        if (start.Length + end.Length + facts.Length <= 120) code.Line($"{start}{end}{facts},");
        else if (facts.Length == 0) code.Line(start).Indented(() => code.Line($"{end},"));
        else code.Line($"{start}{end}").Line($"{facts.TrimStart()},");
    }

    /// <summary>Keras names optimizers in lower case.</summary>
    private static string? Lower(Declared declared) => declared.Root == "Optimizer" ? declared.ClassName.ToLowerInvariant() : null;

    private static string Facts(Declared declared)
    {
        List<string> facts = [];
        if (declared.Aliases.Any()) facts.Add($"Aliases = [{string.Join(", ", declared.Aliases.Select(alias => $"\"{alias}\""))}]");
        if ((declared.ObjectName ?? Lower(declared)) is { } name) facts.Add($"Name = \"{name}\"");
        if (!declared.IsKeras) facts.Add("IsKeras = false");
        if (declared.MeanMetric is { } metric) facts.Add($"MeanMetric = \"{metric}\"");
        return facts.Count == 0 ? "" : $" {{ {string.Join(", ", facts)} }}";
    }
}
