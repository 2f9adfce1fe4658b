using Microsoft.CodeAnalysis;

namespace DeepGpu.Generate;

/// <summary>The one rule of the order of options: as in files where they state it (JsonPropertyOrder), then those of the class, then of
/// each class it derives from, those that all classes of the kind have at the end; a number given to an option moves it before (below 0)
/// or behind the others.</summary>
internal static class OptionOrder
{
    public static IEnumerable<IPropertySymbol> Of(Declared declared)
    {
        var ancestors = Declarations.Bases(declared.Type).TakeWhile(type => type.SpecialType != SpecialType.System_Object).ToList();
        var taken = declared.Constructor.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var options = new List<(IPropertySymbol Property, int Depth)>();
        for (var depth = 0; depth < ancestors.Count; depth++)
        {
            foreach (var property in ancestors[depth].GetMembers().OfType<IPropertySymbol>().Where(IsOption))
            {
                if (taken.Add(property.Name)) options.Add((property, depth));
            }
        }

        var ordered = options.OrderBy(option => Rank(option.Property, declared.Root))
            .ThenBy(option => Number(option.Property, "JsonPropertyOrderAttribute")).ThenBy(option => option.Depth);
        return ordered.Select(option => option.Property);
    }

    private static bool IsOption(IPropertySymbol property) => IsPublic(property) && property.SetMethod is { } set && IsPublic(set);

    private static bool IsPublic(ISymbol symbol) => symbol is { IsStatic: false, DeclaredAccessibility: Accessibility.Public };

    /// <summary>Before the others, among them, behind them, at the end.</summary>
    private static int Rank(IPropertySymbol property, string root) => Number(property, "OptionOrderAttribute") switch
    {
        < 0 => -1,
        _ when property.ContainingType.Name == root => 2,
        > 0 => 1,
        _ => 0,
    };

    private static int Number(IPropertySymbol property, string order) => property.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == order)
        .Select(attribute => (int)attribute.ConstructorArguments[0].Value!).FirstOrDefault();
}
