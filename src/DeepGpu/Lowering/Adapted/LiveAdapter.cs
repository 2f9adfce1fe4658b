using DeepGpu.Models.Layers;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The two low-rank matrices beside a kernel or embeddings.</summary>
internal sealed class LiveAdapter
{
    private readonly LiveWeight _a;
    private readonly LiveWeight _b;
    private readonly double _scale;

    private LiveAdapter(IAdaptable layer, string name, LoweringContext context)
    {
        (_a, _b) = (context.Weight($"lora_{name}_a"), context.Weight($"lora_{name}_b"));
        _scale = layer.LoraScale;
    }

    /// <summary>What is added to the kernel: alpha / rank * (A . B).</summary>
    public torch.Tensor Product => Products.ByMatrix(_a.Value, _b.Value) * Number(_scale);

    /// <summary>The matrices of a layer; null where it has none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">"kernel" or "embeddings".</param>
    /// <param name="context">Makes the weights.</param>
    public static LiveAdapter? Of(IAdaptable layer, string name, LoweringContext context)
        => layer.LoraRank is null ? null : new(layer, name, context);

    /// <summary>Some rows of <see cref="Product"/>.</summary>
    public torch.Tensor Rows(torch.Tensor numbers) => Products.ByMatrix(_a.Value.index_select(0, numbers), _b.Value) * Number(_scale);
}
