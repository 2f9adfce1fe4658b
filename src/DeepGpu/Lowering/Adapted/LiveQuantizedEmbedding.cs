using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Embeddings kept as whole numbers; only the rows that are looked up are brought back to full precision.</summary>
internal sealed class LiveQuantizedEmbedding(Embedding layer, LoweringContext context)
    : LiveEmbeddingTable(layer.MaskZero, LiveAdapter.Of(layer, "embeddings", context))
{
    private readonly LiveQuantizedMatrix _table = new(layer, ((IAdaptable)layer).Form(context.Inputs[0]), context);

    protected override torch.Tensor Rows(torch.Tensor numbers) => _table.Rows(numbers);
}
