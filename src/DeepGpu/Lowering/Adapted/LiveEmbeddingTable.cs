using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Looks vectors up by their numbers, however the table is kept, and adds those of the low-rank matrices beside it.</summary>
internal abstract class LiveEmbeddingTable(bool maskZero, LiveAdapter? adapter = null) : LiveLayer
{
    public override bool CastsInputs => false;

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var numbers = inputs[0].Tensor.to(torch.ScalarType.Int64);
        var vectors = Rows(numbers.flatten());
        if (adapter is not null) vectors = vectors.Plus(adapter.Rows(numbers.flatten()));
        return [new(vectors.reshape([.. numbers.shape, vectors.shape[1]]), maskZero ? numbers.ne(Number(0)) : null)];
    }

    /// <summary>The vectors of numbers in one row: (numbers, width).</summary>
    protected abstract torch.Tensor Rows(torch.Tensor numbers);
}
