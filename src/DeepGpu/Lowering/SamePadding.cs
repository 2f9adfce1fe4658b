using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu;

/// <summary>TensorFlow's rule for padding "same": ceil(n / stride) positions, the larger half of the padding at the end.</summary>
internal static class SamePadding
{
    /// <summary>Pads the spatial axes of a (batch, channels, height, width) tensor; returns it unchanged for "valid".</summary>
    public static torch.Tensor Pad(torch.Tensor x, Padding padding, Extent kernel, Extent strides, double value)
    {
        if (padding == Padding.Valid) return x;
        var (top, bottom) = Amounts(x.shape[2], kernel[0], strides[0]);
        var (left, right) = Amounts(x.shape[3], kernel[1], strides[1]);
        return top + bottom + left + right == 0 ? x : torch.nn.functional.pad(x, [left, right, top, bottom], PaddingModes.Constant, value);
    }

    private static (long Before, long After) Amounts(long length, int kernel, int stride)
    {
        var total = Math.Max(((length + stride - 1) / stride - 1) * stride + kernel - length, 0);
        return (total / 2, total - total / 2);
    }
}
