using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu;

/// <summary>Moves between Keras's axis order and torch's, and pads as TensorFlow does. A permutation moves no data.</summary>
/// <remarks>A contiguous channels-last tensor seen channels-first is torch's channels_last format,
/// which its kernels run fastest in.</remarks>
internal static class Spatial
{
    /// <summary>(batch, ..., channels) seen as (batch, channels, ...); channels-first data stays.</summary>
    public static torch.Tensor ToChannelsFirst(torch.Tensor x, DataFormat format = DataFormat.ChannelsLast)
        => format == DataFormat.ChannelsFirst || x.dim() < 3
            ? x
            : x.permute([0, x.dim() - 1, .. Enumerable.Range(1, (int)x.dim() - 2).Select(axis => (long)axis)]);

    /// <summary>(batch, channels, ...) seen as (batch, ..., channels); channels-first data stays.</summary>
    public static torch.Tensor FromChannelsFirst(torch.Tensor x, DataFormat format = DataFormat.ChannelsLast)
        => format == DataFormat.ChannelsFirst || x.dim() < 3
            ? x
            : x.permute([0, .. Enumerable.Range(2, (int)x.dim() - 2).Select(axis => (long)axis), 1]);

    /// <summary>Padding before and after each spatial axis of a channels-first tensor.</summary>
    public static (long Before, long After)[] Amounts(torch.Tensor x, Padding padding, Extent kernel, Extent strides, Extent dilation)
        => [.. Enumerable.Range(0, (int)x.dim() - 2)
            .Select(axis => Amount(x.shape[axis + 2], (kernel[axis] - 1) * dilation[axis] + 1, strides[axis], padding))];

    /// <summary>Pads the spatial axes of a channels-first tensor with a value.</summary>
    public static torch.Tensor Pad(torch.Tensor x, (long Before, long After)[] amounts, double value = 0)
        => amounts.All(a => a == (0, 0))
            ? x
            : F.pad(x, [.. amounts.Reverse().SelectMany(a => (long[])[a.Before, a.After])], PaddingModes.Constant, value);

    /// <summary>Whether torch's own padding will do: as much before as after on every axis,
    /// and no window with all its cells in it.</summary>
    /// <remarks>oneDNN 3.7 can end the process in a window that meets no cell of the input (`perform_outwork` of its convolution). A window
    /// of "same" or "causal" reaches into the input, so only one whose cells lie farther apart than the input
    /// is long can miss it.</remarks>
    public static bool IsSymmetric(torch.Tensor x, (long Before, long After)[] amounts, Extent dilation)
        => amounts.Select((amount, axis) => amount.Before == amount.After && (amount.Before == 0 || x.shape[axis + 2] >= dilation[axis]))
            .All(fits => fits);

    /// <summary>An extent as torch takes it.</summary>
    public static long[] Longs(Extent extent, int spatial) => [.. extent.Over(spatial).Select(length => (long)length)];

    private static (long Before, long After) Amount(long length, long reach, long stride, Padding padding)
    {
        if (padding == Padding.Valid) return (0, 0);
        if (padding == Padding.Causal) return (reach - 1, 0);
        var total = Math.Max(((length + stride - 1) / stride - 1) * stride + reach - length, 0);
        return (total / 2, total - total / 2);
    }
}
