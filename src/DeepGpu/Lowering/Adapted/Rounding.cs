using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Rounding to few bits on a device, as Keras's quantizers do it.</summary>
internal static class Rounding
{
    /// <summary>Whole numbers and their scale, the largest absolute value taken along some axes.</summary>
    public static (torch.Tensor Values, torch.Tensor Scale) AbsMax(torch.Tensor x, AbsMaxQuantizer quantizer, long[] axes)
    {
        var scale = x.abs().amax(axes, keepdim: true).Plus(quantizer.Epsilon).reciprocal() * Number(quantizer.High);
        return ((x * scale).round().clamp(Number(quantizer.Low), Number(quantizer.High)), scale);
    }

    /// <summary>Numbers from -8 to 7 out of bytes that hold two each, the first in the low half.</summary>
    /// <param name="packed">(rows, half of the columns, rounded up).</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="type">The format of the result.</param>
    public static torch.Tensor Unpack(torch.Tensor packed, long columns, torch.ScalarType type)
    {
        var bytes = packed.to(torch.ScalarType.Float32).remainder(Number(256));
        var low = bytes.remainder(Number(16));
        var both = torch.stack([low, (bytes - low) / Number(16)], -1).flatten(-2);
        var signed = both.Plus(8).remainder(Number(16)) - Number(8);
        return signed.narrow(-1, 0, columns).to(type);
    }

    /// <summary>Divided by a scale, rounded to a format of 8 bits, and multiplied again.</summary>
    public static torch.Tensor Float8(torch.Tensor x, torch.Tensor scale, Float8Format format)
    {
        var factor = scale.to(x.dtype);
        return format.Round((x / factor).clamp(Number(-format.Largest), Number(format.Largest))) * factor;
    }
}

/// <summary>A floating-point format of 8 bits. Micikevicius et al., 2022, https://arxiv.org/abs/2209.05433.</summary>
/// <param name="Mantissa">Bits of the mantissa.</param>
/// <param name="LowestExponent">The exponent of the smallest normal number.</param>
/// <param name="HighestExponent">The exponent of the largest number.</param>
/// <param name="Largest">The largest number.</param>
internal sealed record Float8Format(int Mantissa, int LowestExponent, int HighestExponent, double Largest)
{
    /// <summary>4 bits of exponent, 3 of mantissa, no infinities: of inputs and kernels.</summary>
    public static Float8Format E4M3 { get; } = new(3, -6, 8, 448);

    /// <summary>5 bits of exponent, 2 of mantissa: of gradients.</summary>
    public static Float8Format E5M2 { get; } = new(2, -14, 15, 57344);

    /// <summary>The nearest number of the format, the even one of two as near; the values are in its range.</summary>
    public torch.Tensor Round(torch.Tensor x)
    {
        var exponents = Enumerable.Range(LowestExponent, HighestExponent - LowestExponent + 1);
        var powers = torch.tensor([.. exponents.Select(exponent => Math.ScaleB(1, exponent))], x.dtype, x.device);
        var steps = powers * Number(Math.ScaleB(1, -Mantissa));
        var place = torch.searchsorted(powers, x.detach().abs().contiguous(), right: true).sub(Number(1)).clamp_min(Number(0));
        var step = steps.index_select(0, place.flatten()).reshape(x.shape);
        return (x / step).round() * step;
    }
}
