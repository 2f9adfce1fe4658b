using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Lowers attention scores the more the farther a key lies back: a way to tell positions apart without embeddings. Press et al.,
/// 2021, https://arxiv.org/abs/2108.12409.</summary>
/// <remarks>Input (batch, heads, queries, keys), scores before the softmax; output of the same shape: to key j of n,
/// slope * (j - n + 1) is added. Head h of a power of two H has the slope 2^(-(h + 1) * alibiBiasMax / H); of another number, the first
/// ones are those of the next lower power of two, the others every second one of twice that power. A mask ends here.
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/alibi_bias/</remarks>
public sealed record AlibiBias : UnaryLayer
{
    /// <summary>The exponent of the last head's slope, at least 1. Default 8.</summary>
    public int AlibiBiasMax { get; init => field = Require.AtLeast(value, 1, nameof(AlibiBias), nameof(AlibiBiasMax)); } = 8;

    internal override string Module => KerasModules.Hub;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Rank == 4 && input[1] is not null
            ? input
            : throw new ShapeException("scores (batch, heads, queries, keys) of a known number of heads", "Split the heads first.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Sum(name, inputs, OutputShape(inputs[0]))];

    /// <summary>The slope of each head.</summary>
    internal double[] Slopes(int heads)
    {
        var power = 1 << (int)Math.Log2(heads);
        return power == heads ? Geometric(heads)
            : [.. Geometric(power), .. Geometric(2 * power).Where((_, head) => head % 2 == 0).Take(heads - power)];
    }

    private double[] Geometric(int heads)
        => [.. Enumerable.Range(1, heads).Select(head => Math.Pow(2, -(double)head * AlibiBiasMax / heads))];
}
