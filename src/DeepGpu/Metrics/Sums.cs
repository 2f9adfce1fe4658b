using TorchSharp;

namespace DeepGpu;

/// <summary>Sums of metrics: tensors in double precision that are changed in place.</summary>
internal static class Sums
{
    /// <summary>One sum.</summary>
    public static torch.Tensor Zero(torch.Device device) => torch.zeros([], torch.ScalarType.Float64, device);

    /// <summary>Sums whose shape the first batch decides.</summary>
    public static torch.Tensor Open(torch.Device device) => torch.zeros([0], torch.ScalarType.Float64, device);

    /// <summary>Adds to sums, which take the first summand's shape if they had none.</summary>
    public static void Add(torch.Tensor sums, torch.Tensor values)
    {
        if (sums.NumberOfElements == 0) sums.set_(values.to(torch.ScalarType.Float64).clone());
        else sums.add_(values, Number(1));
    }
}
