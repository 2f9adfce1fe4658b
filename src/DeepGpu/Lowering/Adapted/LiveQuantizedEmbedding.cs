using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Embeddings kept as whole numbers; only the rows that are looked up are brought back to full precision.</summary>
internal sealed class LiveQuantizedEmbedding(Embedding layer, LoweringContext context) : LiveLayer
{
    private readonly LiveQuantizedMatrix _table = new(layer, ((IAdaptable)layer).Form(context.Inputs[0]), context);
    private readonly LiveAdapter? _adapter = LiveAdapter.Of(layer, "embeddings", context);

    public override bool CastsInputs => false;

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var numbers = inputs[0].Tensor.to(torch.ScalarType.Int64);
        var vectors = _table.Rows(numbers.flatten());
        if (_adapter is not null) vectors = vectors.Plus(_adapter.Rows(numbers.flatten()));
        return [new(vectors.reshape([.. numbers.shape, vectors.shape[1]]), layer.MaskZero ? numbers.ne(Number(0)) : null)];
    }
}
