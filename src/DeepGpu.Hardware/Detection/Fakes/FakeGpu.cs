using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware;

/// <summary>A GPU of a <see cref="FakeGpuMachine"/>.</summary>
public sealed record FakeGpu
{
    /// <summary>The name its driver gives. Default "NVIDIA GeForce RTX 3090".</summary>
    public string Name { get; init; } = "NVIDIA GeForce RTX 3090";

    /// <summary>Whose it is. Default NVIDIA.</summary>
    public GpuVendor Vendor { get; init; } = GpuVendor.Nvidia;

    /// <summary>Its memory. Default 24 GiB; null for unknown.</summary>
    public ByteSize? TotalMemory { get; init; } = ByteSize.FromGibibytes(24);

    /// <summary>What it reports at each call, counted from 0.
    /// Default: half the memory free, idle, 30 W, 40 degrees, PCIe 4.0 x16.</summary>
    public Func<int, GpuReading>? Readings { get; init; }

    /// <summary>The call, counted from 0, from which on the GPU is lost; null for never.</summary>
    public int? LostFromCall { get; init; }

    internal GpuDevice At(int index, int call) => LostFromCall <= call
        ? new() { Index = index, Name = Name, Vendor = Vendor, Uuid = $"fake-{index}", Problem = NvidiaFaults.GpuLost }
        : new()
        {
            Index = index,
            Name = Name,
            Vendor = Vendor,
            Uuid = $"fake-{index}",
            TotalMemory = TotalMemory,
            Reading = Readings?.Invoke(call) ?? Usual()
        };

    private GpuReading Usual() => new()
    {
        MemoryUsed = TotalMemory * 0.5,
        MemoryFree = TotalMemory * 0.5,
        UtilizationPercent = 0,
        Power = Power.FromWatts(30),
        PowerLimit = Power.FromWatts(350),
        Temperature = Temperature.FromCelsius(40),
        ThrottleReasons = GpuThrottleReasons.Idle,
        Link = new(4, 16),
        MaximumLink = new(4, 16),
    };
}
