namespace DeepGpu.Hardware;

/// <summary>The facts of one graphics card or accelerator. A fact that no source states is null, never a guess.</summary>
/// <remarks>Rates are peak and dense (sparsity is never counted), at the boost clock. A multiply-add counts as two operations.</remarks>
public sealed record GpuSpec
{
    /// <summary>The full name, e.g. "GeForce RTX 3090".</summary>
    public required string Name { get; init; }

    /// <summary>Other names the card is known by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who designs it.</summary>
    public required GpuVendor Vendor { get; init; }

    /// <summary>The architecture, e.g. "Ampere".</summary>
    public required string Architecture { get; init; }

    /// <summary>Where it is meant to be used.</summary>
    public required GpuSegment Segment { get; init; }

    /// <summary>The day it was released.</summary>
    public DateOnly? ReleaseDate { get; init; }

    /// <summary>Memory on the card.</summary>
    public required ByteSize Vram { get; init; }

    /// <summary>Rate of that memory.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>Board power at the default limit.</summary>
    public required Power Tdp { get; init; }

    /// <summary>Single precision on the vector units.</summary>
    public required ComputeRate Float32Rate { get; init; }

    /// <summary>Half precision on the matrix units, products added in 32 bits; what training uses. Null without matrix units.</summary>
    public ComputeRate? Float16MatrixRate { get; init; }

    /// <summary>Half precision on the matrix units, products added in 16 bits.</summary>
    public ComputeRate? Float16AccumulateMatrixRate { get; init; }

    /// <summary>BFloat16 on the matrix units, products added in 32 bits.</summary>
    public ComputeRate? BFloat16MatrixRate { get; init; }

    /// <summary>Half precision on the vector units.</summary>
    public ComputeRate? Float16VectorRate { get; init; }

    /// <summary>Price at launch.</summary>
    public Money? LaunchPrice { get; init; }

    /// <summary>Which source states which fact: a source's key in the catalogue to field names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Name, memory, bandwidth and power in one line.</summary>
    public override string ToString() => $"{Name} ({Architecture}, {Vram}, {Bandwidth}, {Tdp})";
}
