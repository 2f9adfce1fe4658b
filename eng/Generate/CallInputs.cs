namespace DeepGpu.Generate;

/// <summary>What a layer is called with: the parameters that stand for its inputs.</summary>
/// <param name="First">The value the method extends.</param>
/// <param name="Needed">Further ones that must be given.</param>
/// <param name="Optional">Further ones that may be left out.</param>
/// <param name="Texts">What they are.</param>
/// <param name="Further">What is handed to the layer beside the first.</param>
internal sealed record CallInputs(string First, string[] Needed, string[] Optional, (string Name, string Text)[] Texts, string Further)
{
    private static readonly (string, string) Input = ("input", "The input.");
    private static readonly (string, string) Key = ("key", "The keys; null for the values.");

    private static readonly CallInputs One = new("input", [], [], [Input], "");

    private static readonly CallInputs Pair = new("input", ["SymbolicTensor other"], [], [Input, ("other", "The second input.")], "other");

    private static readonly CallInputs Several
        = new("input", ["IEnumerable<SymbolicTensor> others"], [], [Input, ("others", "The other inputs.")], "others");

    private static readonly CallInputs Query = new(
        "query", ["SymbolicTensor value"], ["SymbolicTensor? key = null"],
        [("query", "The input that asks."), ("value", "The values attended to."), Key], "key is null ? [value] : [value, key]");

    private static readonly CallInputs SelfQuery = new(
        "query", [], ["SymbolicTensor? value = null", "SymbolicTensor? key = null"],
        [("query", "The input that asks."), ("value", "The values attended to; null for the input itself."), Key],
        "key is null ? [value ?? query] : [value ?? query, key]");

    private static readonly CallInputs Projections = new(
        "query", [], ["SymbolicTensor? value = null", "SymbolicTensor? key = null"],
        [("query", "The queries; without values and keys all three, one after another."), ("value", "The values."), ("key", "The keys.")],
        "value is null || key is null ? [] : [value, key]");

    private static readonly CallInputs Decoder = new(
        "decoderSequence", [], ["SymbolicTensor? encoderSequence = null"],
        [("decoderSequence", "The sequence that is decoded."),
            ("encoderSequence", "The encoded sequence that is attended to; null for a decoder without cross-attention.")],
        "encoderSequence is null ? [] : [encoderSequence]");

    public bool AreSeveral => this == Several;

    public static CallInputs Of(Declared layer) => Kind(layer) switch
    {
        "Pair" => Pair,
        "Several" => Several,
        "Query" => Query,
        "SelfQuery" => SelfQuery,
        "Projections" => Projections,
        "Decoder" => Decoder,
        "One" => One,
        _ => throw new InvalidOperationException($"{layer.Name} takes several inputs: say which by [LayerInputs(...)]."),
    };

    /// <summary>The call of a layer.</summary>
    public string Apply(string layer) => Further is "" ? $"Apply({First}, {layer})" : $"Apply({First}, {layer}, {Further})";

    private static string? Kind(Declared layer)
    {
        var given = Declarations.Bases(layer.Type).SelectMany(type => type.GetAttributes())
            .FirstOrDefault(attribute => attribute.AttributeClass?.Name == "LayerInputsAttribute");
        if (given?.ConstructorArguments is [var kind]) return Defaults.Literal(kind.Type!, kind.Value)!.Split('.')[^1];
        return Declarations.Bases(layer.Type).Any(type => type.Name == "UnaryLayer") ? "One" : null;
    }
}
