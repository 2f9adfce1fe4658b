using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Kernels of convolutions that Keras 1 or Theano laid out otherwise.</summary>
internal static class KernelConversion
{
    /// <summary>A tensor as the weight needs it; as it is where it need not change.</summary>
    public static StoredWeight Of(KerasLegacyOrigin origin, Layer leaf, WeightSpec weight, StoredWeight stored)
    {
        if (!IsConvolved(leaf, weight.Name)) return stored;
        var axes = Order(origin, leaf, [.. stored.Tensor.Shape], [.. weight.Shape]);
        var spatial = origin.IsTheano ? Enumerable.Range(0, weight.Shape.Length - 2).ToArray() : [];
        if (axes is null && spatial.Length == 0) return stored;
        var shape = axes is null ? stored.Tensor.Shape : [.. axes.Select(axis => stored.Tensor.Shape[axis])];
        var isFlat = axes is not null && weight.Shape.Length == 3 && shape.Length == 4;
        return WeightConversion.Of(isFlat ? [shape[0], shape[2], shape[3]] : shape, [stored], arrays
            => Converted(arrays[0], axes, spatial, isFlat));
    }

    private static NDArray Converted(NDArray array, int[]? axes, int[] spatial, bool isFlat)
    {
        if (axes is not null) array = ArrayOrder.Permuted(array, axes);
        if (isFlat) array = ArrayOrder.Reshaped(array, array.Shape[0], array.Shape[2], array.Shape[3]);
        return spatial.Length == 0 ? array : ArrayOrder.Reversed(array, spatial);
    }

    /// <summary>Depthwise kernels are left out: Theano's backend turned those itself.</summary>
    private static bool IsConvolved(Layer leaf, string weight)
        => leaf is Convolution or TransposedConvolution or ConvLSTM && weight.EndsWith("kernel", StringComparison.Ordinal);

    /// <summary>The axes of the file in today's order; null where they are in it. Keras 1 knew one order for each image format, and one
    /// axis more
    /// for kernels along time.</summary>
    private static int[]? Order(KerasLegacyOrigin origin, Layer leaf, long[] stored, int[] wanted)
    {
        if (!origin.IsOne) return null;
        var isFirst = leaf switch
        {
            Convolution { DataFormat: DataFormat.ChannelsFirst } or TransposedConvolution { DataFormat: DataFormat.ChannelsFirst }
                or ConvLSTM { DataFormat: DataFormat.ChannelsFirst } => true,
            _ => false,
        };
        return (leaf, stored.Length) switch
        {
            (Conv1D, 4) when stored[1] == 1 && stored[0] == wanted[0] && stored[3] == wanted[2] => [0, 1, 2, 3],
            (Conv1D, 4) => [2, 3, 1, 0],
            (Conv2DTranspose, 4) => isFirst ? [2, 3, 0, 1] : [0, 1, 3, 2],
            (Conv2D or ConvLSTM2D, 4) when isFirst => [2, 3, 1, 0],
            (Conv3D, 5) when isFirst => [2, 3, 4, 1, 0],
            _ => null,
        };
    }
}
