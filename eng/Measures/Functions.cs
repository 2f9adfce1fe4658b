using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>
/// Functions are methods, constructors, operators and local functions with a body; properties are not counted.
/// The length counts lines from the first of the declaration to the last, without attributes and documentation.
/// </summary>
internal static class Functions
{
    public static IEnumerable<(int Lines, string Place)> Of(SourceFile file)
        => file.Tree.GetRoot().DescendantNodes().Where(HasBody).Select(node => (Length(node), $"{file.Path}:{Start(node) + 1}"));

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        LocalFunctionStatementSyntax local => local.Body is not null || local.ExpressionBody is not null,
        _ => false,
    };

    private static int Length(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line - Start(node) + 1;

    /// <summary>The line of the first token behind the attributes.</summary>
    private static int Start(SyntaxNode node)
    {
        var first = node.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
        return first.GetLocation()!.GetLineSpan().StartLinePosition.Line;
    }
}
