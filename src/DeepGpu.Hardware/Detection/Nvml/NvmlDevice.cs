namespace DeepGpu.Hardware.Detection;

/// <summary>One device as the library describes it; what it does not state is null.</summary>
internal static class NvmlDevice
{
    private const ulong Idle = 0x1;
    private const ulong UserClocks = 0x2 | 0x100;
    private const ulong PowerCap = 0x4;
    private const ulong Hardware = 0x8 | 0x80;
    private const ulong Heat = 0x20 | 0x40;
    private const ulong Known = Idle | UserClocks | PowerCap | Hardware | Heat;

    public static GpuDevice Read(INvml nvml, int index)
    {
        var found = nvml.Device(index, out var device);
        if (found != NvmlReturn.Success) return Silent(index, found);
        var lost = nvml.Number(NvmlNumber.TemperatureCelsius, device, out _) is NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired;
        return new()
        {
            Index = index,
            Name = Text(nvml, NvmlText.Name, device) ?? "NVIDIA GPU",
            Vendor = GpuVendor.Nvidia,
            Uuid = Text(nvml, NvmlText.Uuid, device),
            PciAddress = Text(nvml, NvmlText.PciAddress, device),
            DriverVersion = Text(nvml, NvmlText.DriverVersion, device),
            ComputeCapability = Number(nvml, NvmlNumber.ComputeCapabilityTimesTen, device) is { } capability
                ? new((int)capability / 10, (int)capability % 10)
                : null,
            TotalMemory = Bytes(Number(nvml, NvmlNumber.MemoryTotalBytes, device)),
            Reading = Reading(nvml, device),
            Problem = lost ? NvmlFaults.Fault(NvmlReturn.GpuIsLost) : null,
        };
    }

    private static GpuDevice Silent(int index, NvmlReturn why)
        => new() { Index = index, Name = "NVIDIA GPU", Vendor = GpuVendor.Nvidia, Problem = NvmlFaults.Fault(why) };

    private static GpuReading Reading(INvml nvml, nint device)
    {
        long? Ask(NvmlNumber number) => Number(nvml, number, device);
        return new()
        {
            MemoryUsed = Bytes(Ask(NvmlNumber.MemoryUsedBytes)),
            MemoryFree = Bytes(Ask(NvmlNumber.MemoryFreeBytes)),
            UtilizationPercent = Ask(NvmlNumber.UtilizationPercent),
            Power = Ask(NvmlNumber.PowerMilliwatts) is { } power ? Power.FromWatts(power / 1e3) : null,
            PowerLimit = Ask(NvmlNumber.PowerLimitMilliwatts) is { } limit ? Power.FromWatts(limit / 1e3) : null,
            Temperature = Ask(NvmlNumber.TemperatureCelsius) is { } degrees ? Temperature.FromCelsius(degrees) : null,
            Clock = Ask(NvmlNumber.ClockMegahertz) is { } clock ? Frequency.FromMegahertz(clock) : null,
            MemoryClock = Ask(NvmlNumber.MemoryClockMegahertz) is { } memoryClock ? Frequency.FromMegahertz(memoryClock) : null,
            ThrottleReasons = Ask(NvmlNumber.ThrottleReasons) is { } reasons ? Reasons(unchecked((ulong)reasons)) : null,
            Link = Link(Ask(NvmlNumber.LinkGeneration), Ask(NvmlNumber.LinkLanes)),
            MaximumLink = Link(Ask(NvmlNumber.MaximumLinkGeneration), Ask(NvmlNumber.MaximumLinkLanes)),
            TotalEnergy = Ask(NvmlNumber.TotalEnergyMillijoules) is { } energy ? Energy.FromJoules(energy / 1e3) : null,
        };
    }

    internal static GpuThrottleReasons Reasons(ulong bits)
    {
        GpuThrottleReasons If(ulong mask, GpuThrottleReasons reason) => (bits & mask) != 0 ? reason : GpuThrottleReasons.None;
        return If(Idle, GpuThrottleReasons.Idle) | If(UserClocks, GpuThrottleReasons.UserSetting)
            | If(PowerCap, GpuThrottleReasons.PowerLimit)
            | If(Heat, GpuThrottleReasons.Temperature) | If(Hardware, GpuThrottleReasons.HardwareSlowdown)
            | If(~Known, GpuThrottleReasons.Other);
    }

    private static GpuLink? Link(long? generation, long? lanes)
        => generation is null && lanes is null ? null : new((int?)generation, (int?)lanes);

    private static ByteSize? Bytes(long? bytes) => bytes is { } known ? ByteSize.FromBytes(known) : null;

    private static string? Text(INvml nvml, NvmlText text, nint device)
        => nvml.Text(text, device, out var value) == NvmlReturn.Success && value.Length > 0 ? StrictJson.Printable(value) : null;

    private static long? Number(INvml nvml, NvmlNumber number, nint device)
        => nvml.Number(number, device, out var value) == NvmlReturn.Success ? value : null;
}
