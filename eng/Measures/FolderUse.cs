using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// A name in the code of one folder that means a type or member declared in another folder of the same project, as the compiler resolves
/// it. Folders are the first ones of a project; files beside the project file are a folder too. A partial type is declared where the file
/// of its name is (ModelSpec.cs), each of its members where it is written (ModelSpec.Json.cs).
/// </summary>
internal sealed record FolderUse(SourceFile From, string To, string Name)
{
    /// <summary>Every use in src.</summary>
    public static IEnumerable<FolderUse> In(SourceTree code)
    {
        var compilation = Compiler.Compile(code);
        var files = code.Product.ToDictionary(file => file.Tree);
        return code.Product.SelectMany(file => Of(file, compilation, files));
    }

    private static IEnumerable<FolderUse> Of(SourceFile file, CSharpCompilation compilation, Dictionary<SyntaxTree, SourceFile> files)
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
}
