using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What attention of queries to values has in common.</summary>
[LayerInputs(LayerInputs.Query)]
public abstract record AttentionLayer : Layer
{
    private protected AttentionLayer()
    {
    }

    /// <summary>The share of scores set to 0 while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>Whether the scores are yielded as a second output. Default false; in Keras an argument of the call.</summary>
    [JsonIgnore]
    public bool ReturnAttentionScores { get; init; }

    /// <summary>Whether a query sees no later value. Default false; in Keras an argument of the call.</summary>
    [JsonIgnore]
    public bool UseCausalMask { get; init; }

    /// <inheritdoc/>
    protected internal override int OutputCount => ReturnAttentionScores ? 2 : 1;

    /// <summary>Query (batch, queries, dim), value (batch, values, dim) and optionally key give (batch, queries, value dim).</summary>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        CheckSequences(inputs, "Apply it to two or three sequences.");
        CheckKeys(inputs[0], inputs[1], inputs[^1]);
        var output = inputs[0].With(^1, inputs[1][^1]);
        return ReturnAttentionScores ? [output, inputs[0].With(^1, inputs[1][1])] : [output];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (query, value) = (inputs[0], inputs[1]);
        var scores = (double)query[0]!.Value * query[1]!.Value * value[1]!.Value;
        return [Work.MultiplyAdds(name, OperationKind.Attention, scores * (query[2]!.Value + value[2]!.Value), this, inputs)];
    }

    /// <summary>Heads of keys and values that several heads of queries share alike.</summary>
    internal static int SharedHeads(int heads, int queryHeads, string owner, string name)
        => queryHeads % Require.AtLeast(heads, 1, owner, name) == 0
            ? heads
            : throw Require.OutOfRange(owner, name, $"a divisor of the {queryHeads} heads of queries", heads);

    /// <summary>Checks that there are a query, a value and perhaps a key of 3 axes.</summary>
    internal static void CheckSequences(IReadOnlyList<Shape> inputs, string remedy)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is 2 or 3 && inputs.All(input => input.Rank == 3)) return;
        throw new ShapeException("a query, a value and optionally a key of 3 axes (batch, steps, dim)", remedy);
    }

    private static void CheckKeys(Shape query, Shape value, Shape key)
    {
        if (Shape.Differ(query[2], key[2]))
            throw new ShapeException($"queries and keys of equal length, not {query[2]} and {key[2]}",
                "Project one of them with a Dense layer.");
        if (Shape.Differ(value[1], key[1]))
            throw new ShapeException($"as many keys as values, not {key[1]} and {value[1]}", "Give a key for each value.");
    }
}
