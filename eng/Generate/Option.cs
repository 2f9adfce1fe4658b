using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGpu.Generate;

/// <summary>An option of a class as a parameter of the method that makes it.</summary>
/// <param name="Property">The name of the option.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Type">The parameter's type.</param>
/// <param name="Default">The parameter's default; null where it must be given.</param>
/// <param name="Text">What it says of itself.</param>
internal sealed record Option(string Property, string Parameter, string Type, string? Default, string Text)
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Whether null stands for the class's own default, which is no constant.</summary>
    public bool KeepsOwnDefault { get; init; }

    /// <summary>Whether the values may be written out one by one.</summary>
    public bool IsList { get; init; }

    public string Declaration => Default is null ? $"{Type} {Parameter}" : $"{Type} {Parameter} = {Default}";

    /// <summary>What the option is set to.</summary>
    public string Assignment => KeepsOwnDefault ? $"{Property} = {Parameter} ?? defaults.{Property}" : $"{Property} = {Parameter}";

    /// <summary>A parameter of the constructor; its text is that of the option it sets.</summary>
    public static Option OfParameter(IParameterSymbol parameter, Declared owner)
    {
        var value = parameter.HasExplicitDefaultValue ? Defaults.Literal(parameter.Type, parameter.ExplicitDefaultValue) : null;
        var property = Find(owner.Type, parameter.Name);
        var text = property is null ? "" : Documentation.Summary(property);
        if (text is "") text = Documentation.Parameter(owner.Type, owner.Constructor, parameter.Name);
        var name = property?.Name ?? parameter.Name;
        return new(name, Camel(parameter.Name), Display(parameter.Type), value, text) { IsList = parameter.IsParams };
    }

    /// <summary>A property that can be set.</summary>
    public static Option OfProperty(IPropertySymbol property, Declared owner, Defaults defaults)
    {
        var (type, text) = (Display(property.Type), Documentation.Summary(property));
        var value = defaults.Of(property, owner.Type);
        if (value is not null) return new(property.Name, Camel(property.Name), type, value, text);
        if (type.EndsWith('?')) text = HasNone(property.Type) ? $"{text} {Instead(property.Type)}" : throw Ambiguous(property);
        return new(property.Name, Camel(property.Name), type.TrimEnd('?') + "?", "null", text) { KeepsOwnDefault = true };
    }

    private static IPropertySymbol? Find(INamedTypeSymbol type, string name) => Declarations.Bases(type)
        .SelectMany(ancestor => ancestor.GetMembers().OfType<IPropertySymbol>())
        .FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>"PoolSize" as "poolSize", "L1" as "l1".</summary>
    private static string Camel(string name)
    {
        var camel = char.ToLowerInvariant(name[0]) + name[1..];
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    private static string Display(ITypeSymbol type) => type.ToDisplayString(Format);

    /// <summary>Whether a type has a value of its own for "none", so that null can stand for the default.</summary>
    private static bool HasNone(ITypeSymbol type) => type.GetMembers("None").Any(member => member.IsStatic);

    private static string Instead(ITypeSymbol type)
        => $"Here null stands for the default, and <see cref=\"Models.{type.Name}.None\"/> for none.";

    private static InvalidOperationException Ambiguous(IPropertySymbol property) => new(
        $"{property.ContainingType.Name}.{property.Name} may be null, but its default is neither null nor a constant: "
            + "give its type a value None.");
}
