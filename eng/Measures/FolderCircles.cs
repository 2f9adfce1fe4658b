using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Circles between the first folders of a project; files beside the project file are a folder too. A folder uses another where a name
/// in its code means a type or member that is declared there, as the compiler resolves it. A partial type is declared where the file of
/// its name is (ModelSpec.cs), each of its members where it is written (ModelSpec.Json.cs).
/// </summary>
internal static class FolderCircles
{
    private const int ShownArrows = 8, ShownNames = 3;

    public static Measure Find(SourceTree code)
    {
        var compilation = Compiler.Compile(code);
        var files = code.Product.ToDictionary(file => file.Tree);
        List<string> circles = [.. code.Product.SelectMany(file => Uses(file, compilation, files)).GroupBy(use => use.From.Project)
            .SelectMany(project => Circles(project.Key, new Arrows(project)))];
        return new("circles of folders", circles.Count, 0, circles);
    }

    private static IEnumerable<Use> Uses(SourceFile file, CSharpCompilation compilation, Dictionary<SyntaxTree, SourceFile> files)
    {
        var model = compilation.GetSemanticModel(file.Tree);
        foreach (var name in file.Tree.GetRoot().DescendantNodes()
            .OfType<SimpleNameSyntax>().Where(name => name.Identifier.Text != "var"))
        {
            if (model.GetSymbolInfo(name).Symbol is not { } symbol || symbol is INamespaceSymbol) continue;
            List<SourceFile> homes = [.. Declared(symbol).DeclaringSyntaxReferences
                .Select(reference => files.GetValueOrDefault(reference.SyntaxTree)).OfType<SourceFile>()
                .OrderBy(home => home.IsGenerated || home.Name != symbol.Name)];
            if (homes.Count == 0 || homes.Any(home => home.Project != file.Project || home.Folder == file.Folder)) continue;
            yield return new(file, homes[0].Folder, name.Identifier.Text);
        }
    }

    private static ISymbol Declared(ISymbol symbol)
        => symbol.OriginalDefinition is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition;

    /// <summary>Each set of folders that reach one another, with the arrows inside it, the thinnest first.</summary>
    private static IEnumerable<string> Circles(string project, Arrows arrows)
        => arrows.Circles().Select(circle => $"{project}: {string.Join(", ", circle)}\n"
            + string.Join('\n', arrows.Inside(circle).Take(ShownArrows).Select(arrow => $"         {Text(arrow)}")));

    private static string Text(IGrouping<(string From, string To), Use> arrow)
        => $"{arrow.Key.From} -> {arrow.Key.To}: {arrow.Count()} names, "
            + string.Join(", ", arrow.Select(use => $"{use.Name} in {use.From.Name}").Distinct().Take(ShownNames));

    private sealed record Use(SourceFile From, string To, string Name);

    private sealed class Arrows(IEnumerable<Use> uses)
    {
        private readonly List<IGrouping<(string From, string To), Use>> _arrows = [.. uses.GroupBy(use => (use.From.Folder, use.To))];

        public IEnumerable<IReadOnlyList<string>> Circles()
        {
            var reach = _arrows.Select(arrow => arrow.Key.From).Distinct().ToDictionary(folder => folder, Reach);
            bool AreTogether(string one, string other) => reach[one].Contains(other) && reach[other].Contains(one);
            return reach.Keys.Where(folder => reach[folder].Contains(folder))
                .GroupBy(folder => reach.Keys.Order(StringComparer.Ordinal).First(other => AreTogether(folder, other)))
                .Select(circle => (IReadOnlyList<string>)[.. circle.Order(StringComparer.Ordinal)]);
        }

        public IEnumerable<IGrouping<(string From, string To), Use>> Inside(IReadOnlyList<string> circle)
            => _arrows.Where(arrow => circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To)).OrderBy(arrow => arrow.Count());

        private HashSet<string> Reach(string start)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>([start]);
            while (open.TryPop(out var folder))
            {
                foreach (var arrow in _arrows.Where(arrow => arrow.Key.From == folder && found.Add(arrow.Key.To))) open.Push(arrow.Key.To);
            }

            return found;
        }
    }
}
