using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

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
        ref var known = ref trains ? ref _trained : ref _measured;
        var elements = inputs.Sum(input => input.NumberOfElements);
        if (elements <= Volatile.Read(ref known)) return;
        var needed = Bytes([.. inputs.Select(input => input.shape)], trains);
        if (FreeMemory.Of(inputs[0].device) is { } free && needed > free.Bytes) throw Lacking(inputs, needed, free);
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

    private static AllocationException Lacking(IReadOnlyList<torch.Tensor> inputs, long needed, FreeMemory free)
    {
        var sizes = string.Join(" and ", inputs.Select(input => ShapeText.Of(input.shape)));
        var (least, there) = (ByteSize.FromBytes(needed), ByteSize.FromBytes(free.Bytes));
        return new($"a pass over {sizes} holds at least {least}, and {free.Where} has {there} ({free.Source})", cause: null);
    }
}
