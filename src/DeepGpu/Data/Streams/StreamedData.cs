using DeepGpu.Lowering;
using TorchSharp;

namespace DeepGpu.Data;

/// <summary>A stream as batches on the model's device. A prefetched stream makes its tensors on the background thread,
/// in pinned memory where the device is CUDA.</summary>
/// <param name="stream">The stream.</param>
/// <param name="names">What its arrays are called; null for their order.</param>
/// <param name="requirements">The model that each batch must fit.</param>
/// <param name="device">Where the tensors are.</param>
/// <param name="seed">Decides order and random numbers.</param>
internal sealed class StreamedData(DataStream stream, DataNames? names, DataRequirements requirements, torch.Device device, long seed)
    : BatchSource
{
    private readonly bool _isCuda = device.type == DeviceType.CUDA;

    public override int? Count => stream.Count is { } count ? checked((int)count) : null;

    public override IEnumerable<TensorBatch> Epoch(int epoch, int batchSize, int first = 0, CancellationToken cancellation = default)
        => stream.Batches(epoch, batchSize, first, seed, InMemory, Discard, cancellation).Select(OnDevice);

    public override void Dispose()
    {
    }

    private TensorBatch InMemory(Batch batch)
    {
        var ordered = DataNames.Order(names, batch, requirements.Spec);
        DataChecks.Inputs(ordered.Inputs, requirements.Spec, "a batch of the stream");
        DataChecks.Targets(ordered.Targets, requirements, "a batch of the stream");
        DataChecks.Weights(ordered.Weights, "a batch of the stream");
        MemoryDemand.Data("A batch of the stream", ordered.Inputs.Concat(ordered.Targets), device);
        return new(Tensors(ordered.Inputs), Tensors(ordered.Targets), [.. ordered.Weights.Select(Weights)]);
    }

    private torch.Tensor[] Tensors(IEnumerable<NDArray> arrays)
        => [.. arrays.Select(array => Kept(Lowering.Tensors.From(array, torch.CPU)))];

    private torch.Tensor Weights(NDArray array)
    {
        using var scope = torch.NewDisposeScope();
        return Kept(Lowering.Tensors.From(array, torch.CPU).to(torch.ScalarType.Float32));
    }

    /// <summary>Outside every scope: it may be made long before it is used.</summary>
    private torch.Tensor Kept(torch.Tensor tensor)
    {
        if (!_isCuda) return tensor.DetachFromDisposeScope();
        using (tensor) return tensor.pin_memory().DetachFromDisposeScope();
    }

    /// <summary>Copies from pinned memory do not wait; torch keeps that memory until they are done.</summary>
    private TensorBatch OnDevice(TensorBatch batch)
    {
        IReadOnlyList<torch.Tensor> Moved(IEnumerable<torch.Tensor> tensors) => [.. tensors.Select(OnDevice)];
        return new(Moved(batch.Inputs), Moved(batch.Targets), Moved(batch.Weights));
    }

    private torch.Tensor OnDevice(torch.Tensor tensor)
    {
        if (device.type != DeviceType.CPU) return tensor.to(device, disposeAfter: true, non_blocking: _isCuda);
        torch.CurrentDisposeScope?.Attach(tensor);
        return tensor;
    }

    private static void Discard(TensorBatch batch)
    {
        foreach (var tensor in batch.Inputs.Concat(batch.Targets).Concat(batch.Weights)) tensor.Dispose();
    }
}
