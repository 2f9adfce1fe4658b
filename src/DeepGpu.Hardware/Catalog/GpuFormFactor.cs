namespace DeepGpu.Hardware;

/// <summary>What a card is mounted as.</summary>
public enum GpuFormFactor
{
    /// <summary>A PCI Express card.</summary>
    PcieCard,

    /// <summary>NVIDIA's module for servers.</summary>
    Sxm,

    /// <summary>The Open Compute Project's accelerator module.</summary>
    Oam,

    /// <summary>A module or board of its own: Jetson, a superchip.</summary>
    Module,

    /// <summary>Soldered into, or plugged inside, a laptop.</summary>
    Mobile,

    /// <summary>Part of the same chip as the CPU.</summary>
    Integrated,
}
