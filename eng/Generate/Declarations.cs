using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGpu.Generate;

/// <summary>The classes of layers, losses and so on, as the sources declare them.</summary>
internal sealed class Declarations(CSharpCompilation compilation)
{
    /// <summary>Every class of the sources.</summary>
    private readonly List<INamedTypeSymbol> _types = [.. Types(compilation.Assembly.GlobalNamespace)];

    /// <summary>Every class.</summary>
    public IReadOnlyList<INamedTypeSymbol> All => _types;

    /// <summary>The public classes an object can be made of that derive from one, by name.</summary>
    public IReadOnlyList<Declared> Of(string baseName)
        => [.. Concrete(baseName).Where(IsMadeByUsers).Select(type => Read(type, baseName))];

    private static bool IsMadeByUsers(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public
        && type.InstanceConstructors.Any(constructor => constructor.DeclaredAccessibility == Accessibility.Public);

    /// <summary>Every class an object can be made of that derives from one, by name.</summary>
    public IEnumerable<INamedTypeSymbol> Concrete(string baseName) => _types
        .Where(type => !type.IsAbstract && Bases(type).Skip(1).Any(ancestor => ancestor.Name == baseName))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>A class by its name.</summary>
    public INamedTypeSymbol Class(string name) => _types.Single(type => type.Name == name && type.ContainingType is null);

    /// <summary>A class and those it derives from, itself first.</summary>
    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType) yield return ancestor;
    }

    private Declared Read(INamedTypeSymbol type, string baseName) => new(type, baseName, new(compilation));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space)
        => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
