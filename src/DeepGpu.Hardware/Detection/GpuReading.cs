namespace DeepGpu.Hardware;

/// <summary>What a GPU reports of itself at one moment. A reading that its driver does not give is null, never 0.</summary>
public sealed record GpuReading
{
    /// <summary>A reading that says nothing.</summary>
    public static GpuReading Unknown { get; } = new();

    /// <summary>When it was read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Memory in use by all processes.</summary>
    public ByteSize? MemoryUsed { get; init; }

    /// <summary>Memory that is free.</summary>
    public ByteSize? MemoryFree { get; init; }

    /// <summary>Share of the last moment in which the GPU computed, in percent.</summary>
    public double? UtilizationPercent { get; init; }

    /// <summary>What the board draws.</summary>
    public Power? Power { get; init; }

    /// <summary>The power limit in force.</summary>
    public Power? PowerLimit { get; init; }

    /// <summary>Temperature of the processor.</summary>
    public Temperature? Temperature { get; init; }

    /// <summary>Clock of the compute units.</summary>
    public Frequency? Clock { get; init; }

    /// <summary>Clock of the memory.</summary>
    public Frequency? MemoryClock { get; init; }

    /// <summary>Why the clock is lower than it could be.</summary>
    public GpuThrottleReasons? ThrottleReasons { get; init; }

    /// <summary>The PCI Express link now. An idle card lowers its generation to save power.</summary>
    public GpuLink? Link { get; init; }

    /// <summary>The link that card and slot could have.</summary>
    public GpuLink? MaximumLink { get; init; }

    /// <summary>Energy used since the driver was loaded; only its differences mean something.</summary>
    public Energy? TotalEnergy { get; init; }
}

/// <summary>A PCI Express link.</summary>
/// <param name="Generation">Its generation; null where unknown.</param>
/// <param name="Lanes">Its lanes; null where unknown.</param>
public sealed record GpuLink(int? Generation, int? Lanes)
{
    /// <summary>The link as it is usually written, e.g. "PCIe 4.0 x16".</summary>
    public override string ToString()
        => $"PCIe {(Generation is { } g ? $"{g}.0" : "?")} x{Lanes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}";
}

/// <summary>Why a GPU's clock is lower than it could be.</summary>
[Flags]
public enum GpuThrottleReasons
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Nothing to do.</summary>
    Idle = 1,

    /// <summary>A clock was set by a user.</summary>
    UserSetting = 2,

    /// <summary>The power limit is reached.</summary>
    PowerLimit = 4,

    /// <summary>The temperature limit is reached.</summary>
    Temperature = 8,

    /// <summary>The hardware protects itself: heat, power brake or current.</summary>
    HardwareSlowdown = 16,

    /// <summary>Another reason.</summary>
    Other = 32,
}
