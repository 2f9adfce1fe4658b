using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Attention in which several heads of queries share one head of keys and values. Ainslie et al., 2023,
/// https://arxiv.org/abs/2305.13245.</summary>
/// <remarks>Query (batch, queries, dim), value (batch, values, dim) and optionally key (batch, values, dim); output (batch, queries,
/// query dim), then, with <see cref="ProjectedAttention.ReturnAttentionScores"/>, (batch, query heads, queries, values). One head of keys
/// and
/// values is multi-query attention; as many as of queries is <see cref="MultiHeadAttention"/>. Keras calls it GroupQueryAttention:
/// https://keras.io/api/layers/attention_layers/group_query_attention/</remarks>
[KerasClass(Aliases = ["GroupedQueryAttention"])]
public sealed record GroupedQueryAttention : ProjectedAttention
{
    /// <summary>Creates the layer.</summary>
    /// <param name="headDim">The length of each head's queries, keys and values, at least 1.</param>
    /// <param name="numQueryHeads">Heads of queries, at least 1.</param>
    /// <param name="numKeyValueHeads">Heads of keys and values, at least 1; must divide the heads of queries.</param>
    /// <exception cref="DeepGpuArgumentException">A number is below 1, or the heads do not divide.</exception>
    public GroupedQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads)
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

    /// <inheritdoc/>
    protected internal override string ClassName => "GroupQueryAttention";

    internal override string KeyName => nameof(GroupedQueryAttention);

    internal override int QueryHeads => NumQueryHeads;

    internal override int KeyHeads => NumKeyValueHeads;

    internal override int HeadKeyDim => HeadDim;

    internal override int HeadValueDim => HeadDim;

    internal override string NamePrefix => "_";

    internal override ImmutableArray<int> AttendedAxes(int rank) => [1];

    private protected override int?[] OutputAxes(Shape query) => [query[^1]];

    private protected override void Check(IReadOnlyList<Shape> inputs)
    {
        AttentionLayer.CheckSequences(inputs, "Apply it to two or three sequences; to itself for self-attention.");
        if (NumQueryHeads % NumKeyValueHeads == 0) return;
        throw new ShapeException($"a number of queries' heads that {NumKeyValueHeads} divides, not {NumQueryHeads}",
            "Choose numbers of heads that divide.");
    }

    /// <summary>The same layer, kernels frozen and two matrices of a rank trained beside each: A drawn from He's uniform distribution, B of
    /// zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <param name="parts">The projections, e.g. "_query_dense"; null for all.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">A kernel has such matrices.</exception>
    public GroupedQueryAttention EnableLora(int rank, double? loraAlpha = null, IReadOnlyCollection<string>? parts = null)
        => Lora.Enabled(this, rank, loraAlpha, parts ?? ProjectionNames);
}
