namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>NVIDIA's library as tests want it: counts its calls, answers from tables, loses GPUs.</summary>
internal sealed class FakeNvml : INvml
{
    private int _inits;
    private int _shutdowns;
    private int _reads;

    public NvmlReturn InitAnswer { get; init; }

    public NvmlReturn CountAnswer { get; set; }

    public int Gpus { get; init; } = 1;

    /// <summary>Questions that this version does not know.</summary>
    public HashSet<NvmlNumber> Missing { get; init; } = [];

    /// <summary>The call of Count, from 1, from which on the last GPU is lost; 0 for never.</summary>
    public int LostFromRead { get; init; }

    public Dictionary<NvmlNumber, long> Values { get; } = new()
    {
        [NvmlNumber.MemoryTotalBytes] = 24L << 30,
        [NvmlNumber.MemoryFreeBytes] = 20L << 30,
        [NvmlNumber.MemoryUsedBytes] = 4L << 30,
        [NvmlNumber.ComputeCapabilityTimesTen] = 86,
        [NvmlNumber.UtilizationPercent] = 57,
        [NvmlNumber.PowerMilliwatts] = 301_500,
        [NvmlNumber.PowerLimitMilliwatts] = 350_000,
        [NvmlNumber.TemperatureCelsius] = 71,
        [NvmlNumber.ClockMegahertz] = 1695,
        [NvmlNumber.MemoryClockMegahertz] = 9751,
        [NvmlNumber.ThrottleReasons] = 0x4,
        [NvmlNumber.LinkGeneration] = 4,
        [NvmlNumber.LinkLanes] = 16,
        [NvmlNumber.MaximumLinkGeneration] = 4,
        [NvmlNumber.MaximumLinkLanes] = 16,
        [NvmlNumber.TotalEnergyMillijoules] = 5_000_000,
    };

    public int Inits => _inits;

    public int Shutdowns => _shutdowns;

    public NvmlReturn Init()
    {
        Interlocked.Increment(ref _inits);
        return InitAnswer;
    }

    public NvmlReturn Shutdown()
    {
        Interlocked.Increment(ref _shutdowns);
        return NvmlReturn.Success;
    }

    public NvmlReturn Count(out int count)
    {
        _inits.Should().BeGreaterThan(_shutdowns, "the library is asked only between Init and Shutdown");
        Interlocked.Increment(ref _reads);
        count = Gpus;
        return CountAnswer;
    }

    public NvmlReturn Device(int index, out nint device)
    {
        device = index + 1;
        return IsLost(device) ? NvmlReturn.GpuIsLost : NvmlReturn.Success;
    }

    public NvmlReturn Text(NvmlText text, nint device, out string value)
    {
        value = text switch
        {
            NvmlText.Name => "NVIDIA GeForce RTX 3090",
            NvmlText.Uuid => $"GPU-{device}",
            NvmlText.DriverVersion => "570.124.06",
            _ => "00000000:01:00.0",
        };
        return NvmlReturn.Success;
    }

    public NvmlReturn Number(NvmlNumber number, nint device, out long value)
    {
        value = Values[number];
        return Missing.Contains(number) ? NvmlReturn.FunctionNotFound : NvmlReturn.Success;
    }

    private bool IsLost(nint device) => LostFromRead > 0 && _reads >= LostFromRead && device == Gpus;
}
