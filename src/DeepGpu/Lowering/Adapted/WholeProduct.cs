using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Products of whole numbers of 8 bits that come out exact: single precision holds sums up to 2^24, which is 1024
/// products.</summary>
internal static class WholeProduct
{
    private const int ExactLength = (1 << 24) / (128 * 128);

    /// <summary>The product, in parts along a summed axis where it is long.</summary>
    public static torch.Tensor Of(torch.Tensor input, torch.Tensor kernel, ProductAxes axes)
    {
        var type = input.dtype == torch.ScalarType.Float64 ? torch.ScalarType.Float64 : torch.ScalarType.Float32;
        var (x, k) = (input.to(type), kernel.to(type));
        var lengths = axes.Summed.Select(axis => x.shape[axis]).ToArray();
        var total = lengths.Aggregate(1L, (product, length) => product * length);
        if (total <= ExactLength || type == torch.ScalarType.Float64) return torch.einsum(axes.Equation, x, k);
        var longest = Array.IndexOf(lengths, lengths.Max());
        var (axis, size) = (axes.Summed[longest], ExactLength / (total / lengths[longest]));
        return size < 1 ? torch.einsum(axes.Equation, x.to(torch.ScalarType.Float64), k.to(torch.ScalarType.Float64))
            : InParts(x, k, axes, axis, size);
    }

    private static torch.Tensor InParts(torch.Tensor x, torch.Tensor k, ProductAxes axes, long axis, long size)
    {
        var kernelAxis = axes.Kernel.IndexOf(axes.Input[(int)axis]);
        torch.Tensor? sum = null;
        for (var start = 0L; start < x.shape[axis]; start += size)
        {
            var length = Math.Min(size, x.shape[axis] - start);
            var part = torch.einsum(axes.Equation, x.narrow(axis, start, length),
                k.narrow(kernelAxis, start, length)).to(torch.ScalarType.Float64);
            sum = sum is null ? part : sum.add_(part, Number(1));
        }

        return sum!;
    }
}
