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

/// <summary>What carries a card's heat away.</summary>
public enum GpuCooling
{
    /// <summary>Fans of its own.</summary>
    Active,

    /// <summary>No fan of its own: the chassis must move the air (or the liquid).</summary>
    Passive,

    /// <summary>A liquid loop of its own.</summary>
    Liquid,
}
