using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGpu.Generate;

/// <summary>Options that two classes have which cannot derive from one another, such as a recurrent layer and its cell: those of the one,
/// written out for the other.</summary>
internal static class OptionCopies
{
    public static IEnumerable<(string Name, CodeText Code)> Of(CSharpCompilation compilation)
    {
        foreach (var type in new Declarations(compilation).All)
        {
            foreach (var attribute in type.GetAttributes().Where(a => a.AttributeClass?.Name == "OptionsOfAttribute"))
            {
                var source = (INamedTypeSymbol)attribute.ConstructorArguments[0].Value!;
                yield return ($"{type.Name}.{source.Name}", Copy(type, source));
            }
        }
    }

    private static CodeText Copy(INamedTypeSymbol type, INamedTypeSymbol source)
    {
        var options = source.GetMembers().OfType<IPropertySymbol>()
            .Where(option => option is { DeclaredAccessibility: Accessibility.Public, SetMethod: not null }).ToList();
        var code = CodeText.File(type.ContainingNamespace.ToDisplayString(), "DeepGpu.Models.Layers");
        code.Line($"/// <content>The options of <see cref=\"{source.Name}\"/>.</content>");
        code.Line($"public abstract partial record {type.Name}");
        return code.Block(() =>
        {
            for (var i = 0; i < options.Count; i++) Text(i > 0 ? code.Line("") : code, options[i]);
            With(code.Line(""), source, options);
        });
    }

    /// <summary>The option as it is written, its documentation with it.</summary>
    private static void Text(CodeText code, IPropertySymbol option)
    {
        var syntax = (PropertyDeclarationSyntax)option.DeclaringSyntaxReferences[0].GetSyntax();
        foreach (var line in syntax.ToFullString().Trim().Split('\n').Select(line => line.TrimEnd()))
        {
            code.Line(line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line);
        }
    }

    private static void With(CodeText code, INamedTypeSymbol source, List<IPropertySymbol> options)
    {
        code.Line("/// <summary>An object of the other class with these options.</summary>");
        code.Line("private protected TOther WithOptions<TOther>(TOther other)").Indented(() =>
        {
            code.Line($"where TOther : {source.Name} => other with").Block(() =>
            {
                foreach (var option in options) code.Line($"{option.Name} = {option.Name},");
            }, ";");
        });
    }
}
