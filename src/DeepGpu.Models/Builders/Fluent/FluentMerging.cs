namespace DeepGpu.Models;

/// <summary>Merging of several values as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Merges values by a <see cref="Models.Add"/> layer.</summary>
    public static SymbolicTensor Add(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Add(), others);

    /// <summary>Merges values by a <see cref="Models.Subtract"/> layer.</summary>
    public static SymbolicTensor Subtract(this SymbolicTensor input, SymbolicTensor other) => Merge(input, new Subtract(), other);

    /// <summary>Merges values by a <see cref="Models.Multiply"/> layer.</summary>
    public static SymbolicTensor Multiply(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Multiply(), others);

    /// <summary>Merges values by a <see cref="Models.Average"/> layer.</summary>
    public static SymbolicTensor Average(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Average(), others);

    /// <summary>Merges values by a <see cref="Models.Maximum"/> layer.</summary>
    public static SymbolicTensor Maximum(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Maximum(), others);

    /// <summary>Merges values by a <see cref="Models.Minimum"/> layer.</summary>
    public static SymbolicTensor Minimum(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Minimum(), others);

    /// <summary>Joins values along the last axis by a <see cref="Models.Concatenate"/> layer.</summary>
    public static SymbolicTensor Concatenate(this SymbolicTensor input, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Concatenate(), others);

    /// <summary>Joins values along an axis by a <see cref="Models.Concatenate"/> layer.</summary>
    public static SymbolicTensor Concatenate(this SymbolicTensor input, int axis, params IEnumerable<SymbolicTensor> others)
        => Merge(input, new Concatenate(axis), others);

    /// <summary>Sums products along axes by a <see cref="Models.Dot"/> layer.</summary>
    public static SymbolicTensor Dot(this SymbolicTensor input, SymbolicTensor other, Axes axes, bool normalize = false)
        => Merge(input, new Dot(axes) { Normalize = normalize }, other);

    /// <summary>Attends to values (and keys) by an <see cref="Models.Attention"/> layer; the input is the query.</summary>
    public static SymbolicTensor Attention(this SymbolicTensor query, SymbolicTensor value,
        SymbolicTensor? key = null, bool useCausalMask = false)
        => Merge(query, new Attention { UseCausalMask = useCausalMask }, key is null ? [value] : [value, key]);

    /// <summary>Attends to values (and keys) by an <see cref="Models.AdditiveAttention"/> layer; the input is the query.</summary>
    public static SymbolicTensor AdditiveAttention(this SymbolicTensor query, SymbolicTensor value, SymbolicTensor? key = null)
        => Merge(query, new AdditiveAttention(), key is null ? [value] : [value, key]);

    /// <summary>Attends to values (and keys) by a <see cref="Models.MultiHeadAttention"/> layer; without a value, to itself.</summary>
    public static SymbolicTensor MultiHeadAttention(this SymbolicTensor query, int numHeads, int keyDim, SymbolicTensor? value = null,
        SymbolicTensor? key = null, bool useCausalMask = false)
        => Merge(query, new MultiHeadAttention(numHeads, keyDim) { UseCausalMask = useCausalMask },
            key is null ? [value ?? query] : [value ?? query, key]);

    /// <summary>Attends to values (and keys) by a <see cref="Models.GroupedQueryAttention"/> layer; without a value, to itself.</summary>
    public static SymbolicTensor GroupedQueryAttention(
        this SymbolicTensor query,
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        SymbolicTensor? value = null,
        SymbolicTensor? key = null,
        bool useCausalMask = false,
        double dropout = 0)
    {
        var layer = new GroupedQueryAttention(headDim, numQueryHeads, numKeyValueHeads)
        {
            UseCausalMask = useCausalMask,
            Dropout = dropout
        };
        return Merge(query, layer, key is null ? [value ?? query] : [value ?? query, key]);
    }

    private static SymbolicTensor Merge(SymbolicTensor input, Layer layer, params IEnumerable<SymbolicTensor> others)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Apply(layer, others);
    }
}
