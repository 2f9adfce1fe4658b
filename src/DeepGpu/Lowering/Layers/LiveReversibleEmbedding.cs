using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Embeddings whose table, or a kernel beside it, also projects vectors on numbers.</summary>
internal sealed class LiveReversibleEmbedding(ReversibleEmbedding layer, LoweringContext context) : LiveEmbeddingTable(layer.MaskZero)
{
    private readonly LiveWeight _table = context.Weight("embeddings");
    private readonly LiveWeight? _kernel = context.OptionalWeight("reverse_embeddings");

    internal override LiveLayer CalledAs(Layer call)
        => call is ReversibleEmbedding { IsReversed: true } ? new Projection(this, layer) : this;

    protected override torch.Tensor Rows(torch.Tensor numbers) => _table.Value.index_select(0, numbers);

    private torch.Tensor Kernel => _kernel is null ? _table.Value.t() : _kernel.Value;

    /// <summary>The way back.</summary>
    private sealed class Projection(LiveReversibleEmbedding table, ReversibleEmbedding layer) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var type = layer.ReverseDtype is { } own ? Tensors.ScalarTypeOf(own) : input.dtype;
            var logits = Products.ByMatrix(input.to(type), table.Kernel.to(type));
            return layer.LogitSoftCap is { } cap ? AttentionScores.Capped(logits, cap) : logits;
        }

        protected override bool PassesMask => false;
    }
}
