namespace DeepGpu.Models.HuggingFace;

/// <summary>What published models of texts yield of each step: a number for each class, where an answer starts and ends, or the word that
/// stands there.</summary>
internal static class TextHeads
{
    /// <summary>The ends of names under "architectures".</summary>
    public const string Classifier = "ForSequenceClassification", StepClassifier = "ForTokenClassification",
        Answers = "ForQuestionAnswering";

    /// <summary>The outputs of a model that classifies each step, (batch, steps, classes), or finds an answer, the logits of its start and
    /// of its end, (batch, steps) each; null where the file is of neither.</summary>
    public static IReadOnlyList<SymbolicTensor>? OfSteps(ConfigReader c, GraphParts parts, SymbolicTensor states)
    {
        if (c.IsFor(StepClassifier)) return [parts.Dropped(states).Apply(parts.Dense("classifier", c.Classes(2)))];
        if (!c.IsFor(Answers)) return null;
        var logits = states.Apply(parts.Dense("qa_outputs", 2));
        return [Column(logits, 0), Column(logits, 1)];
    }

    /// <summary>The weights of these heads.</summary>
    public static long CountOfSteps(ConfigReader c, long features)
        => c.IsFor(StepClassifier) ? (features + 1) * c.Classes(2) : c.IsFor(Answers) ? 2 * (features + 1) : 0;

    /// <summary>The states of the last step that is no padding, (batch, features); of the last step where there is no padding, and of the
    /// first where there is nothing else.</summary>
    public static SymbolicTensor Last(SymbolicTensor states, SymbolicTensor ids, int? padding)
    {
        if (padding is not { } number) return GraphParts.Step(states, -1);
        var words = GraphParts.Call(GraphParts.IsWord(ids, number), "Cast", ("dtype", "int64"));
        var places = GraphParts.Call(GraphParts.Call(ids, "OnesLike", ("dtype", "int64")), "Cumsum", ("axis", 1));
        var last = GraphParts.Call(GraphParts.Call(GraphAttention.Join(places, "Multiply", words), "Max", ("axis", 1), ("keepdims", true)),
            "Maximum", 1);
        var isLast = GraphParts.Call(GraphAttention.Join(places, "Equal", last), "ExpandDims", ("axis", -1));
        var kept = isLast.Apply(new TensorFunction("Where", ("condition", FunctionArgument.Input(0)), ("x1", FunctionArgument.Input(1)),
            ("x2", 0.0)), states);
        return GraphParts.Call(kept, "Sum", ("axis", 1));
    }

    /// <summary>The logits of the word at each step, (batch, steps, words), by the table that the words' vectors come from.</summary>
    /// <param name="parts">Makes layers.</param>
    /// <param name="states">(batch, steps, features).</param>
    /// <param name="ids">The numbers of words, (batch, steps).</param>
    /// <param name="table">The table.</param>
    /// <param name="names">What the dense layer, the normalisation and the words' biases are called.</param>
    /// <param name="function">The function of the dense layer.</param>
    public static SymbolicTensor Words(GraphParts parts, SymbolicTensor states, SymbolicTensor ids, ReversibleEmbedding table,
        (string Dense, string Norm, string Bias) names, Activation function)
    {
        var vectors = states.Apply(parts.Dense(names.Dense, table.OutputDim, function)).Apply(parts.Norm(names.Norm));
        var first = GraphParts.Call(GraphParts.Call(ids, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(),
            FunctionArgument.Slice(stop: 1)))), "ZerosLike");
        var bias = first.Apply(new Embedding(1, table.InputDim) { Name = names.Bias, EmbeddingsInitializer = Initializer.Zeros });
        return GraphAttention.Join(vectors.Apply(table.Reversed()), "Add", bias);
    }

    private static SymbolicTensor Column(SymbolicTensor logits, int which)
        => GraphParts.Call(logits, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(), FunctionArgument.Slice(), which)));
}
