using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Scaled dot-product attention in several heads, each with projections of its own. Vaswani et al., 2017.</summary>
/// <remarks>Query (batch, ..., dim), value (batch, ..., dim) and optionally key; output (batch, ..., query dim) unless another is asked for.
/// Keras: https://keras.io/api/layers/attention_layers/multi_head_attention/</remarks>
public sealed record MultiHeadAttention : Layer
{
    private readonly ValueList<int> _outputShape;
    private readonly ValueList<int> _attentionAxes;

    /// <summary>Makes the layer.</summary>
    /// <param name="numHeads">Heads, at least 1.</param>
    /// <param name="keyDim">The length of each head's queries and keys, at least 1.</param>
    public MultiHeadAttention(int numHeads, int keyDim) => (NumHeads, KeyDim) = (numHeads, keyDim);

    /// <summary>Heads, at least 1.</summary>
    public int NumHeads { get; init => field = Require.AtLeast(value, 1, nameof(MultiHeadAttention), nameof(NumHeads)); }

    /// <summary>The length of each head's queries and keys, at least 1.</summary>
    public int KeyDim { get; init => field = Require.AtLeast(value, 1, nameof(MultiHeadAttention), nameof(KeyDim)); }

    /// <summary>The length of each head's values; null for that of the keys.</summary>
    public int? ValueDim { get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(MultiHeadAttention), nameof(ValueDim)) : null; }

    /// <summary>The share of scores set to 0 while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, nameof(MultiHeadAttention), nameof(Dropout)); }

    /// <summary>Whether the projections have biases. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>The output's last axes, each at least 1; null for the query's last axis.</summary>
    [JsonPropertyName("output_shape")]
    public ImmutableArray<int>? OutputShape
    {
        get => _outputShape.Elements;
        init => _outputShape = value is { } lengths && lengths.Any(length => length < 1)
            ? throw Require.OutOfRange(nameof(MultiHeadAttention), nameof(OutputShape), "at least 1 on every axis", string.Join(", ", lengths))
            : new(value);
    }

    /// <summary>The axes attended over, the batch being 0; null for all but the batch and the last.</summary>
    public ImmutableArray<int>? AttentionAxes { get => _attentionAxes.Elements; init => _attentionAxes = new(value); }

    /// <summary>How far a query sees: keys fewer than this many positions before or after its own, at least 1; null for all, the default.
    /// With <see cref="UseCausalMask"/> only those before and its own. Beltagy et al., 2020, https://arxiv.org/abs/2004.05150.</summary>
    public int? SlidingWindow { get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(MultiHeadAttention), nameof(SlidingWindow)) : null; }

    /// <summary>Whether each head's output is multiplied with the sigmoid of a projection of the query. Default false. Qiu et al., 2025, https://arxiv.org/abs/2505.06708.</summary>
    public bool UseGate { get; init; }

    /// <summary>Whether the scores are yielded as a second output. Default false; in Keras an argument of the call.</summary>
    [JsonIgnore]
    public bool ReturnAttentionScores { get; init; }

    /// <summary>Whether a query sees no later value. Default false; in Keras an argument of the call.</summary>
    [JsonIgnore]
    public bool UseCausalMask { get; init; }

    /// <summary>How the kernels start. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the biases start. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the kernels; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the biases; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the kernels are projected onto after each step; default nothing.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>What the biases are projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The length of each head's values.</summary>
    internal int HeadValueDim => ValueDim ?? KeyDim;

    internal override int OutputCount => ReturnAttentionScores ? 2 : 1;

    /// <summary>The axes attended over, counted from 0.</summary>
    internal ImmutableArray<int> AttendedAxes(int rank) => AttentionAxes is { } axes ? [.. axes.Select(axis => Axes.Resolve(axis, rank))] : [.. Enumerable.Range(1, rank - 2)];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        Check(inputs);
        var query = inputs[0];
        CheckAxes(query, inputs[1], inputs[^1]);
        int?[] last = OutputShape is { } shape ? [.. shape.Select(n => (int?)n)] : [query[^1]];
        var output = new Shape([.. query.Axes[..^1], .. last]);
        return ReturnAttentionScores ? [output, ScoresShape(query, inputs[1])] : [output];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        Check(inputs);
        var (query, value, key) = (Features(inputs[0]), Features(inputs[1]), Features(inputs.Count > 2 ? inputs[2] : inputs[1]));
        int[] output = OutputShape is { } shape ? [.. shape] : [query];
        return
        [
            .. Projection("query_dense", [query, NumHeads, KeyDim], NumHeads, KeyDim),
            .. Projection("key_dense", [key, NumHeads, KeyDim], NumHeads, KeyDim),
            .. UseGate ? Projection("gate_dense", [query, NumHeads, HeadValueDim], NumHeads, HeadValueDim) : [],
            .. Projection("value_dense", [value, NumHeads, HeadValueDim], NumHeads, HeadValueDim),
            .. Projection("output_dense", [NumHeads, HeadValueDim, .. output], output),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernels = Weights(inputs).Where(w => w.Name.EndsWith("kernel", StringComparison.Ordinal)).ToLookup(w => w.Name[..w.Name.IndexOf('_', StringComparison.Ordinal)] is "key" or "value", w => (double)w.Count);
        var queries = (double)inputs[0].Elements!.Value / Features(inputs[0]);
        var values = (double)inputs[1].Elements!.Value / Features(inputs[1]);
        var attended = AttendedAxes(inputs[1].Rank).Aggregate(1.0, (product, axis) => product * inputs[1][axis]!.Value);
        var projections = queries * kernels[false].Sum() + values * kernels[true].Sum();
        return
        [
            Work.MultiplyAdds(name, OperationKind.MatrixMultiply, projections, this, inputs),
            Work.Of(name, OperationKind.Attention, inputs, OutputShapes(inputs)) with { ForwardFlops = Scores(queries, attended, 2), BackwardFlops = Scores(queries, attended, 4) },
        ];
    }

    private double Scores(double queries, double attended, int factor) => factor * queries * attended * NumHeads * (KeyDim + HeadValueDim);

    private Shape ScoresShape(Shape query, Shape value)
    {
        var rest = Enumerable.Range(1, query.Rank - 2).Except(AttendedAxes(query.Rank)).Select(axis => query[axis]);
        return new([query[0], .. rest, NumHeads, .. AttendedAxes(query.Rank).Select(axis => query[axis]), .. AttendedAxes(value.Rank).Select(axis => value[axis])]);
    }

    private IEnumerable<WeightSpec> Projection(string name, int[] kernel, params int[] bias)
    {
        yield return new($"{name}/kernel", [.. kernel], KernelInitializer) { Regularizer = KernelRegularizer, Constraint = KernelConstraint };
        if (UseBias) yield return new($"{name}/bias", [.. bias], BiasInitializer) { Regularizer = BiasRegularizer, Constraint = BiasConstraint };
    }

    private static int Features(Shape shape) => shape[^1] ?? throw new ShapeException("inputs whose last axis is known", "Give the model's input a full shape.");

    private static void Check(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is not (2 or 3) || inputs.Any(input => input.Rank < 3)) throw new ShapeException("a query, a value and optionally a key of at least 3 axes (batch, steps, dim)", "Apply it to two or three sequences; to itself for self-attention.");
    }

    /// <summary>Keys and values belong together; on axes that are not attended over, so do queries and values.</summary>
    private void CheckAxes(Shape query, Shape value, Shape key)
    {
        if (query.Rank != value.Rank || value.Rank != key.Rank) throw new ShapeException("a query, a value and a key of the same number of axes", "Reshape one of them.");
        var attended = AttendedAxes(query.Rank);
        foreach (var axis in Enumerable.Range(1, query.Rank - 2))
        {
            if (Shape.Differ(value[axis], key[axis])) throw new ShapeException($"as many keys as values on axis {axis}, not {key[axis]} and {value[axis]}", "Give a key for each value.");
            if (!attended.Contains(axis) && Shape.Differ(query[axis], value[axis])) throw new ShapeException($"equal lengths of query and value on axis {axis}, which is not attended over", "Attend over the axis, or make the lengths equal.");
        }
    }
}
