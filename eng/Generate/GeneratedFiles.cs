using Microsoft.CodeAnalysis.CSharp;

namespace DeepGpu.Generate;

/// <summary>Every file this program writes.</summary>
internal static class GeneratedFiles
{
    private const string Models = "src/DeepGpu.Models";
    private const string Engine = "src/DeepGpu";

    /// <summary>The files by their paths. Options that are copied come first: the methods that make an object have them too.</summary>
    public static IReadOnlyDictionary<string, string> All(CSharpCompilation sources)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, code) in OptionCopies.Of(sources)) files[$"{Models}/Layers/{Repository.Folder}/{name}.cs"] = code.ToString();
        var classes = new Declarations(SourceCode.With(sources, files.Values));
        foreach (var (path, code) in Files(classes)) files[path] = code.ToString();
        return files;
    }

    private static IEnumerable<(string Path, CodeText Code)> Files(Declarations classes)
    {
        var json = $"{Models}/Json/{Repository.Folder}";
        var (layers, optimizers, schedules) = (classes.Of("Layer"), classes.Of("Optimizer"), classes.Of("LearningRateSchedule"));
        var (initializers, regularizers, constraints) = (classes.Of("Initializer"), classes.Of("Regularizer"), classes.Of("Constraint"));
        yield return Context(json, "ModelJsonContext", "DeepGpu.Models", [.. layers, .. initializers, .. regularizers, .. constraints]);
        yield return Context(json, "OptimizerJsonContext", "DeepGpu.Models", [.. optimizers, .. schedules]);
        yield return ($"{json}/LayerTypes.cs", RegistryRows.Of("DeepGpu.Models", "LayerTypes", ("Layer", layers)));
        yield return ($"{json}/OptimizerTypes.cs",
            RegistryRows.Of("DeepGpu.Models", "OptimizerTypes", ("Optimizer", optimizers), ("Schedule", schedules)));
        yield return ($"{json}/WeightOptionTypes.cs", RegistryRows.Of("DeepGpu.Models", "WeightOptionTypes",
            ("Initializer", initializers), ("Regularizer", regularizers), ("Constraint", constraints)));
        foreach (var group in layers.Where(FluentLayers.Has).GroupBy(layer => layer.Folder))
        {
            yield return ($"{Models}/Builders/{Repository.Folder}/FluentLayers.{group.Key}.cs", FluentLayers.Of(group.Key, [.. group]));
        }

        yield return ($"{Models}/Optimizers/{Repository.Folder}/Optimizer.cs",
            Factories.Of("DeepGpu.Models", "record", "Optimizer", optimizers));
        yield return ($"{Models}/Applications/{Repository.Folder}/Applications.cs", ApplicationRows.Of(classes));
        foreach (var file in Training(classes)) yield return file;
    }

    private static IEnumerable<(string Path, CodeText Code)> Training(Declarations classes)
    {
        var (losses, metrics) = (classes.Of("Loss"), classes.Of("Metric"));
        foreach (var file in Registry("Loss", "Losses", losses)) yield return file;
        foreach (var file in Registry("Metric", "Metrics", metrics)) yield return file;
        yield return ($"{Engine}/Losses/{Repository.Folder}/Loss.cs", Factories.Of("DeepGpu", "class", "Loss", losses));
        yield return ($"{Engine}/Metrics/{Repository.Folder}/Metric.cs", Factories.Of("DeepGpu", "class", "Metric", metrics, losses));
        yield return ($"{Engine}/Optimizers/{Repository.Folder}/UpdateRules.cs", UpdateRules.Of(classes));
    }

    /// <summary>What reads and writes a kind of class, in the room of that kind.</summary>
    private static IEnumerable<(string Path, CodeText Code)> Registry(string kind, string room, IReadOnlyList<Declared> classes)
    {
        var json = $"{Engine}/{room}/Json/{Repository.Folder}";
        yield return Context(json, $"{kind}JsonContext", "DeepGpu", classes);
        yield return ($"{json}/{kind}Types.cs", RegistryRows.Of("DeepGpu", $"{kind}Types", (kind, classes)));
    }

    private static (string Path, CodeText Code) Context(string folder, string name, string space, IReadOnlyList<Declared> classes)
        => ($"{folder}/{name}.cs", JsonContexts.Of(space, name, classes));
}
