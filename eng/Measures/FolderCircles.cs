using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Circles between the first folders of a project: a folder uses another where a name in its code means a type or member that is declared there.
/// Names are resolved by the compiler over all of src at once; the packages are those that restore found.
/// </summary>
internal static class FolderCircles
{
    public static Measure Find(SourceTree code)
    {
        var compilation = Compile(code);
        var uses = code.Product.SelectMany(file => Uses(file, compilation, code.Product.ToDictionary(other => other.Tree))).ToList();
        var circles = uses.GroupBy(use => use.From.Project).SelectMany(project => Circles(project.Key, [.. project])).ToList();
        return new("circles of folders", circles.Count, 0, circles);
    }

    private sealed record Use(SourceFile From, SourceFile To, string Name);

    private static CSharpCompilation Compile(SourceTree code)
    {
        var usings = CSharpSyntaxTree.ParseText(string.Concat(new[] { "System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Collections.Generic" }
            .Select(name => $"global using {name};\n")), (CSharpParseOptions)code.Files[0].Tree.Options);
        return CSharpCompilation.Create("src", code.Product.Select(file => file.Tree).Append(usings), References(code.Root), new(OutputKind.ConsoleApplication, allowUnsafe: true));
    }

    /// <summary>The framework this program runs on, and the packages of the tool, which references all of src.</summary>
    private static IEnumerable<MetadataReference> References(string root)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(framework, "*.dll").Where(IsManaged).Concat(Packages(Path.Combine(root, "src/DeepGpu.Cli/obj/project.assets.json")))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static bool IsManaged(string path) => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll");

    private static IEnumerable<string> Packages(string assets)
    {
        if (!File.Exists(assets)) throw new FileNotFoundException($"{assets} is missing. Run ./build.sh restore first.");
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var packages = json.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() == "package");
        return [.. packages.Where(package => package.Value.TryGetProperty("compile", out _))
            .SelectMany(package => package.Value.GetProperty("compile").EnumerateObject().Select(file => Path.Combine(package.Name.ToLowerInvariant(), file.Name)))
            .Select(file => folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists))
            .OfType<string>().Where(file => file.EndsWith(".dll", StringComparison.Ordinal))];
    }

    private static IEnumerable<Use> Uses(SourceFile file, CSharpCompilation compilation, Dictionary<SyntaxTree, SourceFile> files)
    {
        var model = compilation.GetSemanticModel(file.Tree);
        foreach (var name in file.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not { Kind: not SymbolKind.Namespace } symbol) continue;
            var homes = (symbol.OriginalDefinition is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition)
                .DeclaringSyntaxReferences.Select(reference => files.GetValueOrDefault(reference.SyntaxTree)).OfType<SourceFile>().ToList();
            if (homes.Count == 0 || homes.Any(home => home.Project != file.Project || home.Room == file.Room)) continue;
            yield return new(file, homes[0], name.Identifier.Text);
        }
    }

    /// <summary>Each set of folders that reach one another, with its arrows.</summary>
    private static IEnumerable<string> Circles(string project, List<Use> uses)
    {
        var arrows = uses.GroupBy(use => (From: use.From.Room, To: use.To.Room)).ToList();
        var next = arrows.ToLookup(arrow => arrow.Key.From, arrow => arrow.Key.To);
        var reach = next.ToDictionary(rooms => rooms.Key, rooms => Reach(rooms.Key, next));
        bool Together(string one, string other) => one == other || reach.GetValueOrDefault(one, []).Contains(other) && reach.GetValueOrDefault(other, []).Contains(one);
        foreach (var circle in reach.Keys.Where(room => reach[room].Contains(room)).GroupBy(room => reach.Keys.Order(StringComparer.Ordinal).First(other => Together(room, other))))
        {
            var inside = arrows.Where(arrow => circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To)).OrderBy(arrow => arrow.Count());
            yield return $"{project}: {string.Join(", ", circle.Order(StringComparer.Ordinal))}; " + string.Join("; ", inside.Select(arrow =>
                $"{arrow.Key.From} -> {arrow.Key.To} {arrow.Count()} ({string.Join(", ", arrow.Select(use => $"{use.From.Name}: {use.Name}").Distinct().Take(3))})"));
        }
    }

    private static HashSet<string> Reach(string start, ILookup<string, string> next)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(next[start]);
        while (open.TryPop(out var room)) if (found.Add(room)) foreach (var further in next[room]) open.Push(further);
        return found;
    }
}
