namespace DeepGpu.Models.HuggingFace;

/// <summary>T5's relative positions: a learned number for each head and each class of distances, near ones each in a class of its own,
/// farther ones in classes that grow. Raffel et al., 2020, https://arxiv.org/abs/1910.10683.</summary>
/// <param name="buckets">Classes.</param>
/// <param name="farthest">The distance from which on all share the last class.</param>
internal sealed class RelativePositions(int buckets, int farthest)
{
    /// <summary>The classes (1, queries, keys) of the pairs of one sequence's positions.</summary>
    /// <param name="sequence">(batch, steps, features).</param>
    /// <param name="isCausal">Whether keys after a query need no class.</param>
    public SymbolicTensor Of(SymbolicTensor sequence, bool isCausal)
    {
        var places = GraphAttention.Places(sequence);
        var distance = GraphAttention.Join(Call(places, "ExpandDims", ("axis", 1)), "Subtract", Call(places, "ExpandDims", ("axis", 2)));
        if (isCausal) return Class(With(Call(distance, "Negative"), "Maximum", 0), buckets);
        var after = With(Call(With(distance, "Greater", 0), "Cast", ("dtype", "int64")), "Multiply", buckets / 2);
        return GraphAttention.Join(Class(Call(distance, "Absolute"), buckets / 2), "Add", after);
    }

    private SymbolicTensor Class(SymbolicTensor distance, int count)
    {
        var exact = count / 2;
        var ratio = With(Call(With(distance, "Maximum", 1), "Cast", ("dtype", "float32")), "TrueDivide", (double)exact);
        var share = With(With(Call(ratio, "Log"), "TrueDivide", Math.Log(farthest / (double)exact)), "Multiply", (double)(count - exact));
        var far = With(With(Call(share, "Cast", ("dtype", "int64")), "Add", exact), "Minimum", count - 1);
        var near = With(distance, "Less", exact);
        return near.Apply(Exact("Where", ("condition", FunctionArgument.Input(0)), ("x1", FunctionArgument.Input(1)),
            ("x2", FunctionArgument.Input(2))), distance, far);
    }

    private static SymbolicTensor Call(SymbolicTensor x, string function, params (string Name, FunctionArgument Value)[] options)
        => x.Apply(Exact(function, [("x", FunctionArgument.Input(0)), .. options]));

    private static SymbolicTensor With(SymbolicTensor x, string function, FunctionArgument number)
        => x.Apply(Exact(function, ("x1", FunctionArgument.Input(0)), ("x2", number)));

    /// <summary>A function in single precision, whatever the model's.</summary>
    private static TensorFunction Exact(string function, params (string Name, FunctionArgument Value)[] arguments)
        => new(function, arguments) { Policy = PrecisionPolicy.Float32 };
}
