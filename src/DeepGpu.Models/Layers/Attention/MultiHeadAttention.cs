using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>Scaled dot-product attention in several heads, each with projections of its own. Vaswani et al., 2017.</summary>
/// <remarks>Query (batch, ..., dim), value (batch, ..., dim) and optionally key;
/// output (batch, ..., query dim) unless another is asked for.
/// Keras: https://keras.io/api/layers/attention_layers/multi_head_attention/</remarks>
public sealed record MultiHeadAttention : ProjectedAttention
{
    private readonly ValueList<int> _outputShape;
    private readonly ValueList<int> _attentionAxes;

    /// <summary>Creates the layer.</summary>
    /// <param name="numHeads">Heads, at least 1.</param>
    /// <param name="keyDim">The length of each head's queries and keys, at least 1.</param>
    public MultiHeadAttention(int numHeads, int keyDim) => (NumHeads, KeyDim) = (numHeads, keyDim);

    /// <summary>Heads, at least 1.</summary>
    public int NumHeads { get; init => field = Require.AtLeast(value, 1, nameof(MultiHeadAttention), nameof(NumHeads)); }

    /// <summary>The length of each head's queries and keys, at least 1.</summary>
    public int KeyDim { get; init => field = Require.AtLeast(value, 1, nameof(MultiHeadAttention), nameof(KeyDim)); }

    /// <summary>The length of each head's values; null for that of the keys.</summary>
    public int? ValueDim
    {
        get;
        init => field = value is { } n ? Require.AtLeast(n, 1, nameof(MultiHeadAttention), nameof(ValueDim)) : null;
    }

    /// <summary>The output's last axes, each at least 1; null for the query's last axis.</summary>
    [JsonPropertyName("output_shape")]
    public ImmutableArray<int>? OutputShape
    {
        get => _outputShape.Elements;
        init => _outputShape = value is { } lengths && lengths.Any(length => length < 1)
            ? throw Require.OutOfRange(nameof(MultiHeadAttention), nameof(OutputShape),
                "at least 1 on every axis", string.Join(", ", lengths))
            : new(value);
    }

    /// <summary>The axes attended over, the batch being 0; null for all but the batch and the last.</summary>
    public ImmutableArray<int>? AttentionAxes { get => _attentionAxes.Elements; init => _attentionAxes = new(value); }

    internal override int QueryHeads => NumHeads;

    internal override int KeyHeads => NumHeads;

    internal override int HeadKeyDim => KeyDim;

    internal override int HeadValueDim => ValueDim ?? KeyDim;

    internal override string NamePrefix => "";

    internal override ImmutableArray<int> AttendedAxes(int rank) => AttentionAxes is { } axes
        ? [.. axes.Select(axis => Axes.Resolve(axis, rank))]
        : [.. Enumerable.Range(1, rank - 2)];

    private protected override int?[] OutputAxes(Shape query) => OutputShape is { } shape ? [.. shape.Select(n => (int?)n)] : [query[^1]];

    private protected override void Check(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count is 2 or 3 && inputs.All(input => input.Rank >= 3)) return;
        throw new ShapeException(
            "a query, a value and optionally a key of at least 3 axes (batch, steps, dim)",
            "Apply it to two or three sequences; to itself for self-attention.");
    }

    /// <summary>The same layer, kernels frozen and two matrices of a rank trained beside each: A drawn from He's uniform distribution, B of
    /// zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="parts">The projections, e.g. "query_dense"; null for all.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">A kernel has such matrices.</exception>
    public MultiHeadAttention EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? parts = null)
        => Lora.Enabled(this, rank, loraAlpha, parts ?? ProjectionNames);
}
