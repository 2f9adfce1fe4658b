using static DeepGpu.Hardware.Forecasting.TransformerPasses;
using static DeepGpu.Hardware.Forecasting.VisionConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of a step of a network for pictures.</summary>
/// <remarks>Products at a share of the units' rate, which few operations for each element written do not reach, and bytes moved for each
/// such element; training is three such passes.</remarks>
internal static class VisionLaw
{
    /// <summary>Seconds of a step; null where the card states no rate.</summary>
    public static double? Seconds(ConstantValues c, VisionRequest r, GpuSpec card)
    {
        if (Rates.Of(c, card, r.Precision) is not { } rate) return null;
        double times = r.Trains ? 3 : 1, bandwidth = card.Bandwidth.BytesPerSecond;
        var (m, wide) = (r.Model, IsShort(r.Precision) ? 1 : 2);
        var dense = m.Flops / m.Activations;
        var share = Share(c, r) * (IsShort(r.Precision) ? 1 : c[VisionConstants.Single])
            * dense / (dense + c[Intensity]);
        var device = r.BatchSize * times * (m.Flops / (rate * share) + m.Activations * BytesMoved(c, r) * wide
            * SecondsPerByte(card, 1, c[Operations]));
        var update = r.Trains ? m.Parameters * c[Update] / bandwidth : 0;
        return WithHost(device, m.Layers * c[Layer] * 1e-6 * times) + update;
    }
}
