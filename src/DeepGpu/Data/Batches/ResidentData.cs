using TorchSharp;

namespace DeepGpu;

/// <summary>A dataset as tensors on the model's device: a batch is an index_select or a view, no work per sample.</summary>
internal sealed class ResidentData : BatchSource
{
    private readonly torch.Tensor[] _inputs;
    private readonly torch.Tensor[] _targets;
    private readonly torch.Tensor[] _weights;
    private readonly long? _seed;

    /// <summary>Copies arrays to the device.</summary>
    /// <param name="inputs">An array for each input.</param>
    /// <param name="targets">An array for each output.</param>
    /// <param name="weights">A weight for each sample: none, one array for every output, or one for each.</param>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="seed">Decides the order of each epoch; null keeps the order of the arrays.</param>
    public ResidentData(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray> targets, IReadOnlyList<NDArray> weights,
        torch.Device device, long? seed = null)
    {
        Count = inputs[0].Shape[0];
        _inputs = [.. inputs.Select(array => Tensors.From(array, device).DetachFromDisposeScope())];
        _targets = [.. targets.Select(array => Tensors.From(array, device).DetachFromDisposeScope())];
        _weights = [.. weights.Select(array => Weights(array, device))];
        _seed = seed;
    }

    public override int? Count { get; }

    public override IEnumerable<TensorBatch> Epoch(int epoch, int batchSize, int first = 0, CancellationToken cancellation = default)
    {
        using var order = _seed is { } seed ? Order(seed, epoch) : null;
        for (var start = (long)first * batchSize; start < Count; start += batchSize) yield return Select(order, (int)start,
            (int)Math.Min(batchSize, Count.Value - start));
    }

    public override void Dispose()
    {
        foreach (var tensor in _inputs.Concat(_targets).Concat(_weights)) tensor.Dispose();
    }

    private static torch.Tensor Weights(NDArray array, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        return Tensors.From(array, device).to(torch.ScalarType.Float32).DetachFromDisposeScope();
    }

    private TensorBatch Select(torch.Tensor? order, int start, int count)
    {
        var all = new TensorBatch(_inputs, _targets, _weights);
        if (order is null) return all.Narrow(start, count);
        using var indices = order.narrow(0, start, count);
        return new([.. _inputs.Select(t => t.index_select(0, indices))], [.. _targets.Select(t => t.index_select(0, indices))],
            [.. _weights.Select(t => t.index_select(0, indices))]);
    }

    /// <summary>An order that seed and epoch alone decide.</summary>
    private torch.Tensor Order(long seed, int epoch)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(new StableRandom(seed, epoch).NextBits());
        return Fresh.Permutation(Count!.Value, random).to(_inputs[0].device).DetachFromDisposeScope();
    }
}
