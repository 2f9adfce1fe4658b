using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Whether a type stands in a file that one can guess. Model.Training.cs holds a part of Model; Dense.cs holds Dense, and beside it types
/// that mention it or that it mentions: its options, its exception. A family is in the file of its stem: MaxPooling.cs holds MaxPooling1D
/// to MaxPooling3D, ConvTranspose.cs Conv1DTranspose to Conv3DTranspose, Accuracy.cs BinaryAccuracy, IoU.cs MeanIoU. So are small types in
/// that of what they derive from, directly or through another type of the file: Initializer.cs holds HeNormal.
/// </summary>
internal static partial class FileNames
{
    public static Measure Misnamed(SourceTree code)
    {
        List<string> places = [.. code.Product.SelectMany(file => Misplaced(file.Name.Split('.')[0], [.. TypesOf(file)])
            .Select(type => $"{file.Path}: {type}"))];
        return new("public types in a file that one cannot guess", places.Count, 0, places);
    }

    /// <summary>The types of a file that lie in no other type.</summary>
    public static IEnumerable<MemberDeclarationSyntax> TypesOf(SourceFile file) => file.Tree.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static IEnumerable<string> Misplaced(string file, List<MemberDeclarationSyntax> types)
    {
        var named = types.Where(type => HasStem(WithoutRank(Name(type)), WithoutRank(file))).ToList();
        bool IsCompanion(MemberDeclarationSyntax type)
            => named.Any(main => Mentions(main, type) || Mentions(type, main)) || Bases(type, types).Any(named.Contains);
        return types.Where(IsPublic).Except(named).Where(type => !IsCompanion(type)).Select(Name);
    }

    /// <summary>The types of a file that a type derives from, in turn.</summary>
    private static IEnumerable<MemberDeclarationSyntax> Bases(MemberDeclarationSyntax type, List<MemberDeclarationSyntax> types)
    {
        var first = (type as BaseTypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault()?.Type.ToString();
        return types.Find(other => Name(other) == first) is { } own && own != type ? Bases(own, types).Prepend(own) : [];
    }

    /// <summary>Whether the words of a stem stand in a name: Accuracy in BinaryAccuracy, but not Sum in Summary.</summary>
    private static bool HasStem(string name, string stem) => Regex.IsMatch(name, $"(?<![A-Z]){Regex.Escape(stem)}(?![a-z])");

    /// <summary>Conv of Conv1D, Conv2D and Conv3D.</summary>
    private static string WithoutRank(string name) => Rank().Replace(name, "");

    private static bool Mentions(MemberDeclarationSyntax type, MemberDeclarationSyntax other)
        => type.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == Name(other));

    private static string Name(MemberDeclarationSyntax type)
        => type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    [GeneratedRegex("[123]D(?=$|[A-Z])")]
    private static partial Regex Rank();
}
