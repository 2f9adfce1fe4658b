using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>Whether a public type stands in a file that one can guess from its name.</summary>
internal static class FileNames
{
    public static Measure Misnamed(SourceTree code)
    {
        var places = code.Product.SelectMany(file => TypesOf(file).Where(IsPublic).Where(type => !Guessable(file.Name, Name(type)))
            .Select(type => $"{file.Path}: {Name(type)}")).ToList();
        return new("public types whose file has another name", places.Count, 0, places);
    }

    /// <summary>The types of a file that lie in no other type.</summary>
    public static IEnumerable<MemberDeclarationSyntax> TypesOf(SourceFile file) => file.Tree.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary>Model.Training.cs holds a part of Model; Dense.cs holds Dense.</summary>
    private static bool Guessable(string file, string type) => file.Split('.')[0] == type;

    private static string Name(MemberDeclarationSyntax type)
        => type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;
}
