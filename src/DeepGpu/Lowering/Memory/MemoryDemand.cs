using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What is asked for before it is taken: weights, what an optimizer keeps, data.</summary>
internal static class MemoryDemand
{
    /// <summary>Data smaller than this is not worth a question.</summary>
    private const long Small = 64 << 20;

    /// <summary>Demands memory for every weight of a model, and in ordinary memory for the largest one, which is drawn there.</summary>
    /// <exception cref="OutOfGpuMemoryException">They do not fit.</exception>
    public static void Weights(ModelSpec spec, PrecisionPolicy policy, torch.Device device)
    {
        var sizes = Sizes(spec, policy).ToList();
        FreeMemory.Demand($"The weights of '{spec.Name}'", Total(sizes), device);
        if (device.type == DeviceType.CPU || sizes.Count == 0) return;
        FreeMemory.Demand($"The largest weight of '{spec.Name}'", Total([sizes.Max()]), torch.CPU);
    }

    /// <summary>Demands memory for a gradient of each trainable weight and for what the optimizer keeps for it.</summary>
    /// <exception cref="OutOfGpuMemoryException">They do not fit.</exception>
    public static void Training(Optimizer optimizer, IReadOnlyList<LiveWeight> weights, torch.Device device)
    {
        var copies = 1 + optimizer.StateBytesPerParameter / 4;
        var trainable = weights.Where(weight => weight.IsTrainable);
        var bytes = trainable.Sum(weight => (double)weight.Spec.Count * weight.Tensor.ElementSize * copies);
        if (bytes >= Small) FreeMemory.Demand($"The gradients and the state of {optimizer.GetType().Name}", Total([bytes]), device);
    }

    /// <summary>Demands memory for arrays that are copied to a device.</summary>
    /// <exception cref="OutOfGpuMemoryException">They do not fit.</exception>
    public static void Data(string what, IEnumerable<NDArray> arrays, torch.Device device)
    {
        var bytes = arrays.Sum(array => (double)array.Bytes.Length);
        if (bytes >= Small) FreeMemory.Demand(what, Total([bytes]), device);
    }

    /// <summary>The bytes of each weight, those of models inside the model too. As floating-point numbers: their sum may be beyond a whole
    /// one.</summary>
    private static IEnumerable<double> Sizes(ModelSpec spec, PrecisionPolicy policy) => spec.Layers.SelectMany(node => Sizes(node, policy));

    private static IEnumerable<double> Sizes(ModelNode node, PrecisionPolicy policy)
    {
        var own = node.Layer.Policy ?? policy;
        if (node.Layer is NestedModel nested) return Sizes(nested.Model, own);
        return node.Weights.Select(weight => (double)weight.Count * weight.KeptType(own).Bytes());
    }

    private static long Total(IEnumerable<double> sizes) => (long)Math.Min(sizes.Sum(), 1L << 62);
}
