using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>How attention scores queries against keys.</summary>
public enum AttentionScore
{
    /// <summary>The dot product. Luong et al., 2015.</summary>
    Dot,

    /// <summary>The sum of tanh(query + key).</summary>
    Concat,
}

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
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is not (2 or 3) || inputs.Any(input => input.Rank != 3))
            throw new ShapeException("a query, a value and optionally a key of 3 axes (batch, steps, dim)",
                "Apply it to two or three sequences.");
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

    private static void CheckKeys(Shape query, Shape value, Shape key)
    {
        if (Shape.Differ(query[2], key[2]))
            throw new ShapeException($"queries and keys of equal length, not {query[2]} and {key[2]}",
                "Project one of them with a Dense layer.");
        if (Shape.Differ(value[1], key[1]))
            throw new ShapeException($"as many keys as values, not {key[1]} and {value[1]}", "Give a key for each value.");
    }
}

/// <summary>Dot-product attention without projections: softmax(query . key) . value.</summary>
/// <remarks>Keras: https://keras.io/api/layers/attention_layers/attention/</remarks>
public sealed record Attention : AttentionLayer
{
    /// <summary>Whether a learned factor scales the scores. Default false.</summary>
    public bool UseScale { get; init; }

    /// <summary>How scores are computed. Default the dot product.</summary>
    public AttentionScore ScoreMode { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        var weights = new List<WeightSpec>();
        if (UseScale) weights.Add(new("scale", [], Initializer.Ones));
        if (ScoreMode == AttentionScore.Concat) weights.Add(new("concat_score_weight", [], Initializer.Ones));
        return weights;
    }
}

/// <summary>Additive attention: softmax(sum of scale * tanh(query + key)) . value. Bahdanau et al., 2014.</summary>
/// <remarks>Keras: https://keras.io/api/layers/attention_layers/additive_attention/</remarks>
public sealed record AdditiveAttention : AttentionLayer
{
    /// <summary>How often each pair's elements are read or written: by the sum of query and key once,
    /// by the function twice, by the scale twice, by
    /// the sum over them once; going backward three, and two for each of the sums and the scale.</summary>
    private static readonly (double Forward, double Backward, int Launches) ScaledPasses = (6, 9, 5);

    private static readonly (double Forward, double Backward, int Launches) PlainPasses = (4, 6, 4);

    /// <summary>Whether a learned factor for each feature weighs the sum. Default true.</summary>
    public bool UseScale { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var dim = inputs[0][^1] ?? throw new ShapeException("a query whose last axis is known", "Give the model's input a full shape.");
        return UseScale ? [new("scale", [dim], Initializer.GlorotUniform)] : [];
    }

    /// <inheritdoc/>
    /// <remarks>Every query meets every key in a sum of its own: (batch, queries, keys, dim) elements are summed, squashed,
    /// scaled and summed up.</remarks>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var pairs = inputs[0].Elements!.Value * inputs[1][1]!.Value;
        var passes = UseScale ? ScaledPasses : PlainPasses;
        return [base.Operations(name, inputs)[0] with
        {
            ForwardElements = passes.Forward * pairs,
            BackwardElements = passes.Backward * pairs,
            ForwardLaunches = passes.Launches,
            BackwardLaunches = 2 * passes.Launches,
            SavedElements = pairs
        }];
    }
}
