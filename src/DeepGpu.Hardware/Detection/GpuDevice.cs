namespace DeepGpu.Hardware;

/// <summary>A GPU of this machine.</summary>
public sealed record GpuDevice
{
    /// <summary>Its number, as its driver counts.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, as its driver gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is.</summary>
    public required GpuVendor Vendor { get; init; }

    /// <summary>An identifier that stays the same; null where there is none.</summary>
    public string? Uuid { get; init; }

    /// <summary>Its address on the PCI bus; null where unknown.</summary>
    public string? PciAddress { get; init; }

    /// <summary>The driver's version; null where unknown.</summary>
    public string? DriverVersion { get; init; }

    /// <summary>CUDA compute capability; null for other vendors.</summary>
    public Version? ComputeCapability { get; init; }

    /// <summary>Memory on the card, or shared with the CPU.</summary>
    public ByteSize? TotalMemory { get; init; }

    /// <summary>The catalogue's entry of this card; null where none or several could be meant.</summary>
    public GpuSpec? Spec { get; init; }

    /// <summary>What it reports of itself.</summary>
    public GpuReading Reading { get; init; } = GpuReading.Unknown;

    /// <summary>Why there are no readings, e.g. that the GPU is lost; null where nothing is wrong.</summary>
    public Fault? Problem { get; init; }

    /// <summary>What a user should look at.</summary>
    public IReadOnlyList<GpuWarning> Warnings { get; init; } = [];

    /// <summary>Number, name and memory.</summary>
    public override string ToString() => $"{Index}: {Name} ({TotalMemory?.ToString() ?? "memory unknown"})";
}
