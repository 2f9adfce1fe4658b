using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Measures;

/// <summary>All of src as one compilation, so that a name leads to where it is declared.</summary>
internal static class Compiler
{
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    public static CSharpCompilation Compile(SourceTree code)
    {
        var usings = CSharpSyntaxTree.ParseText(
            string.Concat(ImplicitUsings.Select(name => $"global using {name};\n")), SourceTree.Options);
        return CSharpCompilation.Create("src", code.Product.Select(file => file.Tree).Append(usings), References(code.Root),
            new(OutputKind.ConsoleApplication, allowUnsafe: true));
    }

    /// <summary>The framework this program runs on, and the packages of the tool, which references all of src.</summary>
    private static IEnumerable<MetadataReference> References(string root)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(framework, "*.dll").Where(IsManaged)
            .Concat(Packages(Path.Combine(root, "src", "DeepGpu.Cli", "obj", "project.assets.json")))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static bool IsManaged(string path)
        => Path.GetFileName(path) is var name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll");

    private static List<string> Packages(string assets)
    {
        if (!File.Exists(assets)) throw new FileNotFoundException($"{assets} is missing. Run ./build.sh restore first.");
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        List<string> folders = [.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        return [.. json.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject().SelectMany(Compiled)
            .Select(file => folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)).OfType<string>()];
    }

    private static IEnumerable<string> Compiled(JsonProperty library)
        => library.Value.GetProperty("type").GetString() == "package" && library.Value.TryGetProperty("compile", out var files)
            ? files.EnumerateObject().Where(file => file.Name.EndsWith(".dll", StringComparison.Ordinal))
                .Select(file => Path.Combine(library.Name.ToLowerInvariant(), file.Name))
            : [];
}
