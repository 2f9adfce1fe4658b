using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGpu.Generate;

/// <summary>A class that has a row in a registry and a method that makes it.</summary>
internal sealed class Declared
{
    private readonly AttributeData? _attribute;
    private readonly Lazy<IReadOnlyList<Option>> _options;

    public Declared(INamedTypeSymbol type, string root, Defaults defaults)
    {
        (Type, Root) = (type, root);
        _attribute = type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "KerasClassAttribute");
        Constructor = type.InstanceConstructors.Where(c => c.DeclaredAccessibility == Accessibility.Public)
            .OrderByDescending(c => c.Parameters.Length).First();
        Arguments = [.. Constructor.Parameters.Select(parameter => Option.OfParameter(parameter, this))];
        _options = new(() => [.. OptionOrder.Of(this).Select(property => Option.OfProperty(property, this, defaults))]);
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>The class they all derive from.</summary>
    public string Root { get; }

    public IMethodSymbol Constructor { get; }

    /// <summary>What its constructor takes.</summary>
    public IReadOnlyList<Option> Arguments { get; }

    /// <summary>What can be set beside that, in the order of the method that makes it.</summary>
    public IReadOnlyList<Option> Options => _options.Value;

    public string Name => Type.Name;

    /// <summary>The name in files: what the class says, or its own.</summary>
    public string ClassName => _attribute?.ConstructorArguments is [{ Value: string given }] ? given : Overridden() ?? Name;

    public bool IsListed => Flag("IsListed");

    public bool IsKeras => Flag("IsKeras");

    public bool HasMethod => Flag("HasMethod");

    public IEnumerable<string> Aliases
        => Find("Aliases") is { IsNull: false } list ? list.Values.Select(value => (string)value.Value!) : [];

    /// <summary>The "name" Keras gives its objects.</summary>
    public string? ObjectName => Find("ObjectName")?.Value as string;

    /// <summary>The name of the method that makes it.</summary>
    public string Method => Find("Method")?.Value as string ?? Name;

    /// <summary>The class of metrics that is the mean of this loss.</summary>
    public string? MeanMetric => Find("MeanMetric")?.Value as string;

    /// <summary>The folder its file is in.</summary>
    public string Folder => Path.GetFileName(Path.GetDirectoryName(Type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath)!);

    /// <summary>An object whose options have their defaults.</summary>
    public string Sample => $"new({Find("Sample")?.Value as string ?? string.Join(", ", Needed.Select(Samples.Of))})";

    private IEnumerable<IParameterSymbol> Needed => Constructor.Parameters.Where(parameter => !parameter.HasExplicitDefaultValue);

    private bool Flag(string name) => Find(name)?.Value is not false;

    private TypedConstant? Find(string name)
    {
        foreach (var (key, value) in _attribute?.NamedArguments ?? []) if (key == name) return value;
        return null;
    }

    /// <summary>What a class name is overridden with.</summary>
    private string? Overridden()
    {
        var syntax = Type.GetMembers("ClassName").FirstOrDefault()?.DeclaringSyntaxReferences[0].GetSyntax() as PropertyDeclarationSyntax;
        return (syntax?.ExpressionBody?.Expression as LiteralExpressionSyntax)?.Token.ValueText;
    }
}
