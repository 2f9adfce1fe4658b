using static DeepGpu.Hardware.Forecasting.DiffusionConstants;
using static DeepGpu.Hardware.Forecasting.TransformerPasses;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of diffusion models.</summary>
/// <remarks>A step evaluates the network on all pictures, with guidance twice: products at a share of the rate that saturates with the
/// work a unit gets, elements and scores at the memory's rate, or the host where that is slower.</remarks>
internal static class DiffusionLaw
{
    private const double Tera = 1e12, UnitsOfSaturation = 100;

    /// <summary>The decoder from latent pictures (AutoencoderKL: 128, 256, 512 and 512 channels, three residual blocks each): operations
    /// and elements for each pixel of the picture, and its weights.</summary>
    private const double DecoderFlops = 9.47e6, DecoderElements = 3400;

    public const long DecoderParameters = 49_490_199;

    /// <summary>Seconds of a step; null where the card states no rate.</summary>
    public static double? Step(ConstantValues c, DiffusionRequest r, GpuSpec card)
    {
        if (Rates.Of(c, card, r.Precision) is not { } rate) return null;
        var (own, evaluations) = (Of(r.Model), (double)r.Images * (r.Guidance ? 2 : 1));
        var flops = evaluations * r.Model.Flops(r.Width, r.Height);
        var bytes = (r.Model.Elements(r.Width, r.Height) * c[own.Moved] * Bytes(r.Precision)
            + r.Model.Scores(r.Width, r.Height) * c[DiffusionConstants.Scores]) * evaluations + r.Model.ParameterCount * Bytes(r.Precision);
        return WithHost(Seconds(c, flops, bytes, c[own.Share], r.Precision, card, rate),
            r.Model.Blocks * c[own.Block] * 1e-6);
    }

    /// <summary>Seconds of all steps and of decoding the pictures.</summary>
    public static double? Total(ConstantValues c, DiffusionRequest r, GpuSpec card)
    {
        if (Step(c, r, card) is not { } step || Rates.Of(c, card, r.Precision) is not { } rate) return null;
        var pixels = (double)r.Width * r.Height * r.Images;
        return step * r.Steps + c[Fixed] + Seconds(c, pixels * DecoderFlops, pixels * DecoderElements * c[Convolutional.Moved]
            * Bytes(r.Precision), c[Convolutional.Share], r.Precision, card, rate);
    }

    private static double Seconds(
        ConstantValues c, double flops, double bytes, double share, NumberFormat format, GpuSpec card, double rate)
    {
        var half = c[Saturation] * Tera * (card.ComputeUnits ?? UnitsOfSaturation) / UnitsOfSaturation;
        var vendor = VendorFactor(c, card);
        if (RateConstants.IsReached(card, format)) share = 1;
        var single = Bytes(format) > 2 ? c[DiffusionConstants.Single] : 1;
        var reached = rate * share * vendor * single * flops / (flops + half);
        return flops / reached + bytes * SecondsPerByte(card, vendor, c[Operations]);
    }

    private static double Bytes(NumberFormat format) => IsShort(format) ? 2 : 4;
}
