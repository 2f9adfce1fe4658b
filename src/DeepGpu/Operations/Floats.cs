using TorchSharp;

namespace DeepGpu;

/// <summary>Arithmetic that losses and metrics share.</summary>
internal static class Floats
{
    /// <summary>Keras's small number: probabilities keep this far from 0 and 1 before a logarithm.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The same numbers in single precision unless they are in double: Keras computes losses and metrics so
    /// under every policy.</summary>
    public static torch.Tensor AtLeastSingle(torch.Tensor numbers)
        => numbers.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64 ? numbers : numbers.to(torch.ScalarType.Float32);

    /// <summary>A quotient that is 0 where the divisor is 0.</summary>
    public static torch.Tensor DivideNoNan(torch.Tensor dividend, torch.Tensor divisor)
    {
        var isZero = divisor.eq(Number(0));
        return (dividend / divisor.masked_fill(isZero, Number(1))).masked_fill(isZero, Number(0));
    }

    /// <summary>The sum over some axes; null for all.</summary>
    public static torch.Tensor Sum(torch.Tensor values, IReadOnlyList<int>? axes)
        => axes is null ? values.sum() : values.sum([.. axes.Select(axis => (long)axis)]);

    /// <summary>A quotient that is 0 where the divisor is 0.</summary>
    public static double DivideNoNan(double dividend, double divisor) => divisor == 0 ? 0 : dividend / divisor;
}
