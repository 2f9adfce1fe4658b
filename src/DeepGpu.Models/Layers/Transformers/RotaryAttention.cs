using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Attention of a sequence to itself, as the decoders of Llama and its relatives have it: queries and keys are turned by their
/// position, several heads of queries may share one of keys and values. Su et al., 2021, https://arxiv.org/abs/2104.09864; Ainslie et al.,
/// 2023, https://arxiv.org/abs/2305.13245.</summary>
/// <remarks>The projections are layers of their own. Inputs: query (batch, steps, query heads * head length), value and key (batch, steps,
/// key heads * head length); or one input with queries, keys and values one after another. The heads may have an axis of their own. Output
/// (batch, steps, query heads * head length). Features i and i + half of those turned are a pair. Masked steps are not attended to. Keras
/// has no such layer.</remarks>
/// <example><code>
/// var attended = x.Dense(64, name: "q_proj").RotaryAttention(16, 4, 2, value: x.Dense(32, name: "v_proj"), key: x.Dense(32,
/// name: "k_proj"));
/// </code></example>
[LayerInputs(LayerInputs.Projections)]
public sealed record RotaryAttention : DecoderAttention
{
    /// <summary>The name of the weight of <see cref="UseSinks"/>.</summary>
    internal const string Sinks = "sinks";

    /// <summary>Makes the layer.</summary>
    /// <param name="headDim">The length of each head's queries, keys and values, at least 1.</param>
    /// <param name="numQueryHeads">Heads of queries, at least 1.</param>
    /// <param name="numKeyValueHeads">Heads of keys and values, at least 1; must divide the heads of queries.</param>
    /// <exception cref="DeepGpuArgumentException">A number is below 1.</exception>
    public RotaryAttention(int headDim, int numQueryHeads, int numKeyValueHeads)
        => (HeadDim, NumQueryHeads, NumKeyValueHeads) = (headDim, numQueryHeads, numKeyValueHeads);

    /// <summary>The length of each head's queries, keys and values, at least 1.</summary>
    public int HeadDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(HeadDim)); }

    /// <summary>Heads of queries, at least 1.</summary>
    public int NumQueryHeads { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(NumQueryHeads)); }

    /// <summary>Heads of keys and values, at least 1, a divisor of <see cref="NumQueryHeads"/>.</summary>
    public int NumKeyValueHeads
    {
        get;
        init => field = AttentionLayer.SharedHeads(value, NumQueryHeads, ClassName, nameof(NumKeyValueHeads));
    }

    /// <summary>How many features of each head are turned, its first ones: an even number of at most the head's; 0 for none, null for all,
    /// the default.</summary>
    public int? RotaryDim
    {
        get; init => field = value is null or >= 0 && value % 2 is null or 0 ? value
            : throw Require.OutOfRange(ClassName, nameof(RotaryDim), "an even number, at least 0", value);
    }

    /// <summary>How far a step sees: itself and fewer than this many before it, at least 1; null for all, the default. Without a causal
    /// mask as many after it.</summary>
    public int? SlidingWindow { get; init => field = value is { } n ? Require.AtLeast(n, 1, ClassName, nameof(SlidingWindow)) : null; }

    /// <summary>Squeezes scores into (-cap, cap) before masks and softmax: cap * tanh(score / cap); above 0; null for none, the default.
    /// Gemma 2, https://arxiv.org/abs/2408.00118.</summary>
    public double? LogitSoftCap { get; init => field = value is { } cap ? Require.Positive(cap, ClassName, nameof(LogitSoftCap)) : null; }

    /// <summary>Whether each head learns a score that takes part in its softmax and has no value: an attention sink, as in gpt-oss. Default
    /// false. Xiao et al., 2023, https://arxiv.org/abs/2309.17453.</summary>
    public bool UseSinks { get; init; }

    internal override int QueryHeads => NumQueryHeads;

    internal override int HeadKeyDim => HeadDim;

    internal override int HeadValueDim => HeadDim;

    internal override int TurnedFeatures => RotaryDim ?? HeadDim;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        CheckInputs(inputs);
        return [new(inputs[0][0], inputs[0][1], NumQueryHeads * HeadDim)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
        => UseSinks ? [new(Sinks, [NumQueryHeads], Initializer.Zeros)] : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => Attend(name, inputs);

    private void CheckInputs(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is not (1 or 3))
            throw new ShapeException("queries, values and keys, or one input with queries, keys and values one after another",
                "Apply it to three inputs, or to one.");
        if (NumQueryHeads % NumKeyValueHeads != 0)
            throw new ShapeException($"a number of queries' heads that {NumKeyValueHeads} divides, not {NumQueryHeads}",
                "Choose numbers of heads that divide.");
        if (TurnedFeatures > HeadDim || TurnedFeatures % 2 != 0)
            throw new ShapeException($"an even number of at most {HeadDim} features to turn, not {TurnedFeatures}", "Set RotaryDim.");
        CheckScaling();
        var (queries, keys) = (NumQueryHeads * HeadDim, NumKeyValueHeads * HeadDim);
        Check(inputs[0], inputs.Count == 1 ? queries + 2 * keys : queries, inputs.Count == 1 ? "queries, keys and values" : "queries");
        foreach (var sequence in inputs.Skip(1)) CheckBeside(sequence, inputs[0], keys);
    }

    private static void CheckBeside(Shape sequence, Shape query, int features)
    {
        Check(sequence, features, "values and keys");
        if (Shape.Differ(sequence[1], query[1]))
            throw new ShapeException($"as many keys and values as queries, not {sequence[1]} and {query[1]}",
                "Project all three from one sequence.");
    }
}
