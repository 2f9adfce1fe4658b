using TorchSharp;

namespace DeepGpu.Runtime;

/// <summary>New tensors of random numbers. torch.rand and torch.randperm are not used: where memory lacks they return a handle to nothing,
/// and the next call ends the process.</summary>
internal static class Fresh
{
    /// <summary>Numbers from 0 to 1, in ordinary memory: the same as torch.rand draws.</summary>
    public static torch.Tensor Uniform(long[] size, torch.ScalarType type, torch.Generator random)
        => torch.empty(size, type).uniform_(0, 1, random);

    /// <summary>The numbers below a count in some order, in ordinary memory.</summary>
    public static torch.Tensor Permutation(long count, torch.Generator random)
    {
        torch.empty([count], torch.ScalarType.Int64).Dispose(); // throws where the permutation would end the process
        return torch.randperm(count, generator: random);
    }
}
