using Microsoft.CodeAnalysis;

namespace DeepGpu.Generate;

/// <summary>A value of each type that constructors need, for objects that only show defaults.</summary>
internal static class Samples
{
    public static string Of(IParameterSymbol parameter) => parameter.Type switch
    {
        { TypeKind: TypeKind.Enum } type => $"default({type.Name})",
        { SpecialType: SpecialType.System_Double } => "0.5",
        { Name: "Layer" } => "new Dense(1)",
        { Name: "SequenceLayer" } => "new SimpleRNN(1)",
        { Name: "RecurrentCell" } => "new SimpleRNNCell(1)",
        { Name: "ImmutableArray" } array when parameter.IsParams => Of(((INamedTypeSymbol)array).TypeArguments[0]),
        { Name: "IReadOnlyList" } => "[0]",
        { Name: "Shape" } => "new Shape((int?)null)",
        { Name: "FactorRange" } => "0.1",
        _ => "1",
    };

    private static string Of(ITypeSymbol element) => element.Name == "RecurrentCell" ? "new SimpleRNNCell(1)" : "1";
}
