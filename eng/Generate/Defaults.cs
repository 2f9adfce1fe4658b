using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGpu.Generate;

/// <summary>The defaults of options, read from initializers and constructors.</summary>
internal sealed class Defaults(CSharpCompilation compilation)
{
    /// <summary>The default of an option as a constant in C#; null where it is none.</summary>
    public string? Of(IPropertySymbol property, INamedTypeSymbol owner)
    {
        if (Assigned(property, owner) is { } assigned) return Constant(property.Type, assigned);
        var syntax = (PropertyDeclarationSyntax)property.DeclaringSyntaxReferences[0].GetSyntax();
        if (syntax.Initializer is { Value: var value }) return Constant(property.Type, value);
        if (property.Type.NullableAnnotation == NullableAnnotation.Annotated) return "null";
        return HasField(syntax) ? OfType(property.Type) : null;
    }

    /// <summary>A constant in C#.</summary>
    public static string? Literal(ITypeSymbol type, object? value) => Underlying(type) switch
    {
        _ when value is null => type.IsValueType && !IsNullable(type) ? "default" : "null",
        { TypeKind: TypeKind.Enum } named => Member(named, value),
        _ when value is double number => Number(number),
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
    };

    /// <summary>What a constructor of the class, or of one it derives from, assigns to an option.</summary>
    private static ExpressionSyntax? Assigned(IPropertySymbol property, INamedTypeSymbol owner) => Declarations.Bases(owner)
        .SelectMany(type => type.InstanceConstructors).SelectMany(constructor => constructor.DeclaringSyntaxReferences)
        .SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<AssignmentExpressionSyntax>())
        .Where(assignment => assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null)
        .Select(assignment => ValueOf(assignment, property.Name)).FirstOrDefault(value => value is not null);

    private static ExpressionSyntax? ValueOf(AssignmentExpressionSyntax assigned, string name) => (assigned.Left, assigned.Right) switch
    {
        (IdentifierNameSyntax { Identifier.Text: var left }, var right) => left == name ? right : null,
        (TupleExpressionSyntax left, TupleExpressionSyntax right) => left.Arguments.Zip(right.Arguments)
            .Where(pair => pair.First.Expression.ToString() == name).Select(pair => pair.Second.Expression).FirstOrDefault(),
        _ => null,
    };

    private string? Constant(ITypeSymbol type, ExpressionSyntax expression)
    {
        var value = compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression);
        var isSimple = Underlying(type) is { TypeKind: TypeKind.Enum }
            or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String };
        return value.HasValue && (isSimple || value.Value is null) ? Literal(type, value.Value) : null;
    }

    /// <summary>Whether the option keeps its value in a field of its own: then nothing else gives it a first value.</summary>
    private static bool HasField(PropertyDeclarationSyntax syntax)
    {
        var getter = syntax.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return getter is { Body: null, ExpressionBody: null };
    }

    private static string? OfType(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => "false",
        { TypeKind: TypeKind.Enum } => Member(type, 0),
        { SpecialType: > SpecialType.System_Boolean and < SpecialType.System_String } => "0",
        _ => null,
    };

    private static string Member(ITypeSymbol type, object value)
    {
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        var field = type.GetMembers().OfType<IFieldSymbol>()
            .First(member => member.HasConstantValue && Convert.ToInt64(member.ConstantValue, CultureInfo.InvariantCulture) == number);
        return $"{type.Name}.{field.Name}";
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static ITypeSymbol Underlying(ITypeSymbol type)
        => IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
