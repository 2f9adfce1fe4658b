using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>What scaled dot-product attention in heads with projections of their own has in common. Vaswani et al., 2017.</summary>
/// <remarks>Query (batch, ..., dim), value (batch, ..., dim) and optionally key; keys and values may have fewer heads than
/// queries.</remarks>
[LayerInputs(LayerInputs.SelfQuery)]
public abstract record ProjectedAttention : Layer, IAdaptableParts
{
    private readonly ValueList<LoraAdapter> _adapters;

    private protected ProjectedAttention()
    {
    }

    /// <summary>The share of scores set to 0 while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>Whether the projections have biases. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How far a query sees: keys fewer than this many positions before or after its own, at least 1; null for all, the default.
    /// With <see cref="UseCausalMask"/> only those before and its own. Beltagy et al., 2020, https://arxiv.org/abs/2004.05150.</summary>
    public int? SlidingWindow { get; init => field = value is { } n ? Require.AtLeast(n, 1, ClassName, nameof(SlidingWindow)) : null; }

    /// <summary>Whether each head's output is multiplied with the sigmoid of a projection of the query. Default false.</summary>
    /// <remarks>Qiu et al., 2025, https://arxiv.org/abs/2505.06708.</remarks>
    public bool UseGate { get; init; }

    /// <summary>Squeezes scores into (-cap, cap) before masks and softmax: cap * tanh(score / cap); above 0; null for none, the default.
    /// Keras has no such option: files hold it only where it is set. Gemma 2, https://arxiv.org/abs/2408.00118.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public double? LogitSoftCap { get; init => field = value is { } cap ? Require.Positive(cap, ClassName, nameof(LogitSoftCap)) : null; }

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

    /// <summary>Low-rank matrices trained beside frozen kernels, named by the projections; null for none, the default. Set by
    /// <c>EnableLora</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public ImmutableArray<LoraAdapter>? LoraAdapters { get => _adapters.Elements; init => _adapters = new(value); }

    /// <summary>Whether those matrices alone are trained, no other kernel or bias. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [OptionOrder(1)]
    public bool LoraOnly { get; init; }

    /// <summary>Heads of the queries.</summary>
    internal abstract int QueryHeads { get; }

    /// <summary>Heads of keys and values, a divisor of <see cref="QueryHeads"/>: as many queries' heads share each.</summary>
    internal abstract int KeyHeads { get; }

    /// <summary>The length of each head's queries and keys.</summary>
    internal abstract int HeadKeyDim { get; }

    /// <summary>The length of each head's values.</summary>
    internal abstract int HeadValueDim { get; }

    /// <summary>What the names of the projections start with: Keras's attributes of this class are private or not.</summary>
    internal abstract string NamePrefix { get; }

    /// <inheritdoc/>
    protected internal override int OutputCount => ReturnAttentionScores ? 2 : 1;

    /// <summary>The axes attended over, counted from 0.</summary>
    internal abstract ImmutableArray<int> AttendedAxes(int rank);

    /// <summary>The output's axes after the query's, in place of its last.</summary>
    private protected abstract int?[] OutputAxes(Shape query);

    /// <summary>Checks the number of inputs and of their axes.</summary>
    private protected abstract void Check(IReadOnlyList<Shape> inputs);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        Check(inputs);
        var query = inputs[0];
        CheckAxes(query, inputs[1], inputs[^1]);
        var output = new Shape([.. query.Axes[..^1], .. OutputAxes(query)]);
        return ReturnAttentionScores ? [output, ScoresShape(query, inputs[1])] : [output];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        Check(inputs);
        var projections = Projections(inputs).ToList();
        Lora.CheckNames(LoraAdapters, projections.Select(projection => projection.Part.Name));
        return [.. projections.SelectMany(projection => projection.Weights)];
    }

    IEnumerable<AdaptedPart> IAdaptableParts.AdaptableParts(IReadOnlyList<Shape> inputs)
        => Projections(inputs).Select(projection => projection.Part);

    Layer IAdaptableParts.WithAdapter(LoraAdapter adapter, bool only) => this with
    {
        LoraAdapters = Lora.With(LoraAdapters, adapter),
        LoraOnly = LoraOnly || only || !Trainable,
        Trainable = true,
    };

    Layer IAdaptableParts.WithoutAdapter(string part) => this with
    {
        LoraAdapters = Lora.Without(LoraAdapters, part),
        LoraOnly = LoraOnly && LoraAdapters is { Length: > 1 },
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernels = Projections(inputs).ToLookup(projection => projection.IsOfValues, projection => (double)projection.Kernel.Count);
        var queries = (double)inputs[0].Elements!.Value / Features(inputs[0]);
        var values = (double)inputs[1].Elements!.Value / Features(inputs[1]);
        var attended = AttendedAxes(inputs[1].Rank).Aggregate(1.0, (product, axis) => product * inputs[1][axis]!.Value);
        var projections = queries * kernels[false].Sum() + values * kernels[true].Sum();
        return
        [
            .. Work.Adapted([Work.MultiplyAdds(name, OperationKind.MatrixMultiply, projections, this, inputs)], this, inputs),
            Work.Of(name, OperationKind.Attention, inputs, OutputShapes(inputs)) with
            {
                ForwardFlops = Scores(queries, attended, 2),
                BackwardFlops = Scores(queries, attended, 4),
            },
        ];
    }

    private static int Features(Shape shape)
        => shape[^1] ?? throw new ShapeException("inputs whose last axis is known", "Give the model's input a full shape.");

    private double Scores(double queries, double attended, int factor)
        => factor * queries * attended * QueryHeads * (HeadKeyDim + HeadValueDim);

    private Shape ScoresShape(Shape query, Shape value)
    {
        var (queryAxes, valueAxes) = (AttendedAxes(query.Rank), AttendedAxes(value.Rank));
        var rest = Enumerable.Range(1, query.Rank - 2).Except(queryAxes).Select(axis => query[axis]);
        return new([query[0], .. rest, QueryHeads, .. queryAxes.Select(axis => query[axis]), .. valueAxes.Select(axis => value[axis])]);
    }

    /// <summary>The names of the projections, in Keras's order.</summary>
    internal IReadOnlyList<string> ProjectionNames
        => [.. new[] { "query_dense", "key_dense", UseGate ? "gate_dense" : "", "value_dense", "output_dense" }
            .Where(name => name.Length > 0).Select(name => NamePrefix + name)];

    /// <summary>The projections in Keras's order.</summary>
    private IEnumerable<Projection> Projections(IReadOnlyList<Shape> inputs)
    {
        var (query, value, key) = (Features(inputs[0]), Features(inputs[1]), Features(inputs.Count > 2 ? inputs[2] : inputs[1]));
        int[] output = [.. OutputAxes(inputs[0]).Select(length => length ?? query)];
        return
        [
            Project("query_dense", [query, QueryHeads, HeadKeyDim], [QueryHeads, HeadKeyDim]),
            Project("key_dense", [key, KeyHeads, HeadKeyDim], [KeyHeads, HeadKeyDim]) with { IsOfValues = true },
            .. UseGate ? [Project("gate_dense", [query, QueryHeads, HeadValueDim], [QueryHeads, HeadValueDim])] : Array.Empty<Projection>(),
            Project("value_dense", [value, KeyHeads, HeadValueDim], [KeyHeads, HeadValueDim]) with { IsOfValues = true },
            Project("output_dense", [QueryHeads, HeadValueDim, .. output], output),
        ];
    }

    private Projection Project(string name, int[] kernel, int[] bias)
    {
        var path = NamePrefix + name;
        var matrix = WeightSpec.Of("kernel", [.. kernel], KernelInitializer, KernelRegularizer, KernelConstraint);
        var part = new AdaptedPart(this, path, MatrixForm.OfKernel([.. kernel]), Lora.Of(LoraAdapters, path), LoraOnly);
        return new(part, matrix, UseBias ? WeightSpec.Of("bias", [.. bias], BiasInitializer, BiasRegularizer, BiasConstraint) : null);
    }

    /// <summary>The weights of one projection.</summary>
    /// <param name="Part">Its name, and what is trained beside its kernel.</param>
    /// <param name="Kernel">Its kernel.</param>
    /// <param name="Bias">Its bias; null for none.</param>
    private sealed record Projection(AdaptedPart Part, WeightSpec Kernel, WeightSpec? Bias)
    {
        /// <summary>Whether it projects values or keys; else queries, or what was attended to.</summary>
        public bool IsOfValues { get; init; }

        public IEnumerable<WeightSpec> Weights
            => Part.Weights(Kernel, Bias).Select(weight => weight.Inside(Part.Name));
    }

    /// <summary>Keys and values belong together; on axes that are not attended over, so do queries and values.</summary>
    private void CheckAxes(Shape query, Shape value, Shape key)
    {
        if (query.Rank != value.Rank || value.Rank != key.Rank)
            throw new ShapeException("a query, a value and a key of the same number of axes", "Reshape one of them.");
        var attended = AttendedAxes(query.Rank);
        foreach (var axis in Enumerable.Range(1, query.Rank - 2))
        {
            if (Shape.Differ(value[axis], key[axis]))
                throw new ShapeException($"as many keys as values on axis {axis}, not {key[axis]} and {value[axis]}",
                    "Give a key for each value.");
            if (attended.Contains(axis) || !Shape.Differ(query[axis], value[axis])) continue;
            var needs = $"equal lengths of query and value on axis {axis}, which is not attended over";
            throw new ShapeException(needs, "Attend over the axis, or make the lengths equal.");
        }
    }
}
