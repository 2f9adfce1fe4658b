using DeepGpu.Models;
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

    private LiveAdapter(double scale, string prefix, string name, LoweringContext context)
    {
        (_a, _b) = (context.Weight($"{prefix}lora_{name}_a"), context.Weight($"{prefix}lora_{name}_b"));
        _scale = scale;
    }

    /// <summary>What is added to the kernel: alpha / rank * (A . B).</summary>
    public torch.Tensor Product => Products.ByMatrix(_a.Value, _b.Value) * Number(_scale);

    /// <summary>The matrices of a layer; null where it has none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">"kernel" or "embeddings".</param>
    /// <param name="context">Makes the weights.</param>
    public static LiveAdapter? Of(IAdaptable layer, string name, LoweringContext context)
        => layer.LoraRank is null ? null : new(layer.LoraScale, "", name, context);

    /// <summary>The matrices beside one of several kernels; null where it has none.</summary>
    /// <param name="adapter">Their description.</param>
    /// <param name="context">Makes the weights.</param>
    public static LiveAdapter? Of(LoraAdapter? adapter, LoweringContext context)
        => adapter is null ? null : new((adapter.Alpha ?? adapter.Rank) / adapter.Rank, adapter.Layer + "/", "kernel", context);

    /// <summary>Some rows of <see cref="Product"/>.</summary>
    public torch.Tensor Rows(torch.Tensor numbers) => Products.ByMatrix(_a.Value.index_select(0, numbers), _b.Value) * Number(_scale);
}
