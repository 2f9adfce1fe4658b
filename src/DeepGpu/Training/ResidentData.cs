using TorchSharp;

namespace DeepGpu;

/// <summary>A dataset as tensors on the model's device: a batch is an index_select or a view, no work per sample.</summary>
internal sealed class ResidentData : IDisposable
{
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor? _targets;
    private torch.Tensor? _order;

    public ResidentData(NDArray inputs, NDArray? targets, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        Count = inputs.Shape[0];
        _inputs = Tensors.From(inputs, device).DetachFromDisposeScope();
        _targets = targets is null ? null : Tensors.From(targets, device).DetachFromDisposeScope();
    }

    public int Count { get; }

    public int Batches(int batchSize) => (Count + batchSize - 1) / batchSize;

    /// <summary>Puts the samples into an order that seed and epoch alone decide.</summary>
    public void Shuffle(long seed, int epoch)
    {
        _order?.Dispose();
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(new StableRandom(seed, epoch).NextBits());
        _order = torch.randperm(Count, generator: random).to(_inputs.device).DetachFromDisposeScope();
    }

    /// <summary>A batch in the caller's dispose scope.</summary>
    public (torch.Tensor Inputs, torch.Tensor Targets) Batch(int index, int batchSize) => (Select(_inputs, index, batchSize), Select(_targets!, index, batchSize));

    /// <summary>The inputs of a batch in the caller's dispose scope.</summary>
    public torch.Tensor BatchInputs(int index, int batchSize) => Select(_inputs, index, batchSize);

    public void Dispose()
    {
        _inputs.Dispose();
        _targets?.Dispose();
        _order?.Dispose();
    }

    private torch.Tensor Select(torch.Tensor all, int index, int batchSize)
    {
        var (start, count) = ((long)index * batchSize, Math.Min(batchSize, Count - index * batchSize));
        return _order is null ? all.narrow(0, start, count) : all.index_select(0, _order.narrow(0, start, count));
    }
}
