using DeepGpu.Models;
using DeepGpu.Models.Graphs;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The bytes that a pass through a model holds at one time at the least. What it really takes only trying tells.</summary>
/// <param name="spec">The model.</param>
/// <param name="policy">The formats of layers that name none.</param>
internal sealed class PassMemory(ModelSpec spec, PrecisionPolicy policy)
{
    private long _measured;
    private long _trained;

    /// <summary>Demands memory for a pass, once for each larger batch than those before.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="trains">Whether values are kept for the backward pass.</param>
    /// <exception cref="AllocationException">The device has less.</exception>
    public void Demand(IReadOnlyList<torch.Tensor> inputs, bool trains)
    {
        var elements = inputs.Sum(input => input.NumberOfElements);
        Demand(elements, ref trains ? ref _trained : ref _measured, trains, inputs[0].device,
            () => [.. inputs.Select(input => input.shape)]);
    }

    /// <summary>Demands memory on the processor for a prediction of arrays.</summary>
    /// <param name="inputs">The arrays.</param>
    /// <param name="count">How many of their samples.</param>
    /// <exception cref="AllocationException">The device has less.</exception>
    public void Demand(IReadOnlyList<NDArray> inputs, int count)
    {
        var elements = 0L;
        foreach (var input in inputs) elements += input.ElementCount / input.Shape[0] * count;
        Demand(elements, ref _measured, trains: false, torch.CPU,
            () => [.. inputs.Select(input => input.Shape.Skip(1).Select(length => (long)length).Prepend(count).ToArray())]);
    }

    private void Demand(long elements, ref long known, bool trains, torch.Device device, Func<long[][]> inputs)
    {
        if (elements <= Volatile.Read(ref known)) return;
        var needed = Bytes(inputs(), trains);
        if (FreeMemory.Of(device) is { } free && needed > free.Bytes) throw Lacking(inputs(), needed, free);
        Volatile.Write(ref known, elements);
    }

    /// <summary>The least bytes of a pass over inputs of some shapes.</summary>
    internal long Bytes(IReadOnlyList<long[]> inputs, bool trains)
    {
        var shapes = ShapeInference.Run(spec, [.. inputs.Select(Sample)]);
        var nodes = trains ? Kept() : spec.Nodes.Where(node => node.Weights.Count > 0);
        var sizes = nodes.Select(node => shapes[node].Sum(shape => Bytes(node, shape))).DefaultIfEmpty();
        return (long)Math.Min(inputs[0][0] * (trains ? sizes.Sum() : sizes.Max()), 1L << 62);
    }

    private static Shape Sample(long[] shape) => new(shape.Skip(1).Select(length => (int?)length).Prepend(null));

    /// <summary>Layers that compute what the gradient of a later layer's weights needs, each once.</summary>
    private IEnumerable<ModelNode> Kept() => spec.Nodes
        .Where(node => node.Layer.Trainable && node.Weights.Any(weight => weight.Trainable))
        .SelectMany(node => node.Inputs.Select(input => Source(input.Node)))
        .Where(node => node.Weights.Count > 0)
        .Distinct();

    /// <summary>The layer whose values a layer that only changes the shape hands on.</summary>
    private static ModelNode Source(ModelNode node)
        => node.Layer is Flatten or Reshape or IdentityLayer ? Source(node.Inputs[0].Node) : node;

    private double Bytes(ModelNode node, Shape shape)
    {
        var elements = shape.Axes.Skip(1).Aggregate(1.0, (product, length) => product * (length ?? 0));
        return elements * (node.Layer.Policy ?? policy).ComputeType().Bytes();
    }

    private static AllocationException Lacking(IReadOnlyList<long[]> inputs, long needed, FreeMemory free)
    {
        var sizes = string.Join(" and ", inputs.Select(ShapeText.Of));
        var (least, there) = (ByteSize.FromBytes(needed), ByteSize.FromBytes(free.Bytes));
        return new($"a pass over {sizes} holds at least {least}, and {free.Where} has {there} ({free.Source})", cause: null);
    }
}
