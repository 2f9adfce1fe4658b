namespace DeepGpu.Hardware;

/// <summary>Peak rate at the precision asked for: matrix units where the card has them, vector units elsewhere.</summary>
public sealed class ComputeCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "compute";

    /// <inheritdoc/>
    public string Unit => "TFLOPS";

    /// <summary>0.2: measured training of CNNs follows bandwidth with only a small share of compute.</summary>
    public double DefaultWeight => 0.2;

    /// <inheritdoc/>
    public double? Measure(GpuSpec card, NumberFormat precision) => precision switch
    {
        NumberFormat.Float32 => card.Float32Rate.Teraflops,
        NumberFormat.TensorFloat32 => (card.Float16MatrixRate ?? card.Float32Rate).Teraflops,
        NumberFormat.Float16 => (card.Float16MatrixRate ?? card.Float16VectorRate ?? card.Float32Rate).Teraflops,
        NumberFormat.BFloat16 => (card.BFloat16MatrixRate ?? card.Float32Rate).Teraflops,
        _ => null,
    };
}

/// <summary>Rate of the card's memory: what most layers of a network wait for.</summary>
public sealed class BandwidthCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "bandwidth";

    /// <inheritdoc/>
    public string Unit => "GB/s";

    /// <summary>0.5: the strongest single predictor of measured training speed.</summary>
    public double DefaultWeight => 0.5;

    /// <inheritdoc/>
    public double? Measure(GpuSpec card, NumberFormat precision) => card.Bandwidth.GigabytesPerSecond;
}

/// <summary>Memory on the card: decides which models and batches fit at all.</summary>
public sealed class VramCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "vram";

    /// <inheritdoc/>
    public string Unit => "GiB";

    /// <summary>0.2.</summary>
    public double DefaultWeight => 0.2;

    /// <inheritdoc/>
    public double? Measure(GpuSpec card, NumberFormat precision) => card.Vram.Gibibytes;
}

/// <summary>Bandwidth for each watt of the board's power limit: what a joule buys.</summary>
public sealed class EfficiencyCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "efficiency";

    /// <inheritdoc/>
    public string Unit => "GB/s per W";

    /// <summary>0.1.</summary>
    public double DefaultWeight => 0.1;

    /// <inheritdoc/>
    public double? Measure(GpuSpec card, NumberFormat precision) => card.Bandwidth.GigabytesPerSecond / card.Tdp.Watts;
}
