namespace DeepGpu.Models.HuggingFace;

/// <summary>Dot-product attention put together of functions of keras.ops: of one sequence to another, or with a term for each pair of
/// positions, as T5 has it.</summary>
/// <param name="heads">Heads.</param>
/// <param name="headSize">Features of each.</param>
internal sealed class GraphAttention(int heads, int headSize)
{
    /// <summary>What stands in place of a score that does not count: its exponential is 0 beside any other's, in half precision
    /// too.</summary>
    private const double Hidden = -30000;

    /// <summary>What scores are multiplied with; null for 1 over the root of the features.</summary>
    public double? Scale { get; init; }

    /// <summary>The share of scores set to 0 while training.</summary>
    public double Dropout { get; init; }

    /// <summary>Which pairs count, (batch or 1, queries or 1, keys); null for all.</summary>
    public SymbolicTensor? Allowed { get; init; }

    /// <summary>What is added to the scores, (batch or 1, heads, queries, keys); null for nothing.</summary>
    public SymbolicTensor? Bias { get; init; }

    /// <summary>The output (batch, queries, heads * features) of projected sequences.</summary>
    public SymbolicTensor Apply(SymbolicTensor queries, SymbolicTensor keys, SymbolicTensor values)
    {
        var scores = Join(Scaled(Split(queries)), "Matmul", GraphParts.Call(Split(keys), "Swapaxes", ("axis1", -1), ("axis2", -2)));
        if (Bias is not null) scores = Join(scores, "Add", Bias);
        if (Allowed is not null) scores = Kept(scores, GraphParts.Call(Allowed, "ExpandDims", ("axis", 1)));
        var shares = GraphParts.Call(scores, "Softmax", ("axis", -1));
        if (Dropout > 0) shares = shares.Dropout(Dropout);
        return Turned(Join(shares, "Matmul", Split(values))).Reshape(-1, heads * headSize);
    }

    /// <summary>A function of two values.</summary>
    public static SymbolicTensor Join(SymbolicTensor a, string function, SymbolicTensor b)
        => a.Apply(new TensorFunction(function, ("x1", FunctionArgument.Input(0)), ("x2", FunctionArgument.Input(1))), b);

    /// <summary>The positions of a sequence's steps, from 1: (1, steps).</summary>
    public static SymbolicTensor Places(SymbolicTensor sequence)
    {
        var first = GraphParts.Call(sequence, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(stop: 1),
            FunctionArgument.Slice(), 0)));
        return GraphParts.Call(GraphParts.Call(first, "OnesLike", ("dtype", "int64")), "Cumsum", ("axis", 1));
    }

    /// <summary>Whether a key is not after a query: (1, queries, keys).</summary>
    public static SymbolicTensor Earlier(SymbolicTensor sequence)
    {
        var places = Places(sequence);
        return Join(GraphParts.Call(places, "ExpandDims", ("axis", 2)), "GreaterEqual", GraphParts.Call(places, "ExpandDims", ("axis", 1)));
    }

    private SymbolicTensor Scaled(SymbolicTensor queries) => Scale == 1 ? queries : queries.Apply(new TensorFunction("Multiply",
        ("x1", FunctionArgument.Input(0)), ("x2", Scale ?? 1 / Math.Sqrt(headSize))));

    private static SymbolicTensor Kept(SymbolicTensor scores, SymbolicTensor allowed) => allowed.Apply(new TensorFunction("Where",
        ("condition", FunctionArgument.Input(0)), ("x1", FunctionArgument.Input(1)), ("x2", Hidden)), scores);

    /// <summary>(batch, heads, steps, features).</summary>
    private SymbolicTensor Split(SymbolicTensor projected) => Turned(projected.Reshape(-1, heads, headSize));

    private static SymbolicTensor Turned(SymbolicTensor x) => GraphParts.Call(x, "Transpose", ("axes", FunctionArgument.List(0, 2, 1, 3)));
}
