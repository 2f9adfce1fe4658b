using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

/// <summary>Products of matrices. TorchSharp's matmul lets torch's errors end the process, a lack of memory too; these calls
/// throw.</summary>
internal static class Products
{
    /// <summary>(..., n, k) times (k, m): (..., n, m).</summary>
    public static torch.Tensor ByMatrix(torch.Tensor left, torch.Tensor matrix) => F.linear(left, matrix.t());

    /// <summary>(..., n, k) times (..., k, m), the axes before the last two alike: (..., n, m).</summary>
    public static torch.Tensor ByBatch(torch.Tensor left, torch.Tensor right)
    {
        if (left.dim() == 3) return left.bmm(right);
        if (left.dim() == 2) return left.mm(right);
        var product = Joined(left).bmm(Joined(right));
        return product.reshape([.. left.shape[..^1], right.shape[^1]]);
    }

    private static torch.Tensor Joined(torch.Tensor x) => x.reshape([-1, .. x.shape[^2..]]);
}
