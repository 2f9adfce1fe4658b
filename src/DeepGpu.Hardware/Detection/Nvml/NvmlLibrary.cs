using System.Runtime.InteropServices;
using System.Text;

namespace DeepGpu.Hardware.Detection;

/// <summary>NVIDIA's management library, opened at run time. A function that an older library lacks fails only its own question.</summary>
internal sealed class NvmlLibrary : INvml
{
    private const int TextLength = 128;
    private const int GpuSensor = 0;
    private const int GraphicsClock = 0;
    private const int MemoryClock = 2;
    private const int PciInfoLength = 68;
    private const int PciAddressOffset = 36;

    private readonly nint _library;

    private NvmlLibrary(nint library) => _library = library;

    private delegate int NoArguments();

    private delegate int SystemNumber(out uint value);

    private delegate int SystemText(byte[] buffer, uint length);

    private delegate int DeviceByIndex(uint index, out nint device);

    private delegate int DeviceText(nint device, byte[] buffer, uint length);

    private delegate int DeviceBytes(nint device, byte[] buffer);

    private delegate int DeviceNumber(nint device, out uint value);

    private delegate int DeviceLong(nint device, out ulong value);

    private delegate int DeviceNumberOfKind(nint device, int kind, out uint value);

    private delegate int DeviceTwoNumbers(nint device, out int first, out int second);

    private delegate int DeviceNumbers(nint device, uint[] values);

    private delegate int DeviceLongs(nint device, ulong[] values);

    /// <summary>The library, or null where it is not installed.</summary>
    public static INvml? Open()
        => Names().Select(TryLoad).FirstOrDefault(library => library != 0) is var found and not 0 ? new NvmlLibrary(found) : null;

    public NvmlReturn Init() => Call<NoArguments>("nvmlInit_v2", f => f());

    public NvmlReturn Shutdown() => Call<NoArguments>("nvmlShutdown", f => f());

    public NvmlReturn Count(out int count)
    {
        var value = 0u;
        var result = Call<SystemNumber>("nvmlDeviceGetCount_v2", f => f(out value));
        count = (int)value;
        return result;
    }

    public NvmlReturn Device(int index, out nint device)
    {
        nint handle = 0;
        var result = Call<DeviceByIndex>("nvmlDeviceGetHandleByIndex_v2", f => f((uint)index, out handle));
        device = handle;
        return result;
    }

    public NvmlReturn Text(NvmlText text, nint device, out string value)
    {
        var buffer = new byte[TextLength];
        var result = text switch
        {
            NvmlText.DriverVersion => Call<SystemText>("nvmlSystemGetDriverVersion", f => f(buffer, TextLength)),
            NvmlText.Name => Call<DeviceText>("nvmlDeviceGetName", f => f(device, buffer, TextLength)),
            NvmlText.Uuid => Call<DeviceText>("nvmlDeviceGetUUID", f => f(device, buffer, TextLength)),
            _ => Call<DeviceBytes>("nvmlDeviceGetPciInfo_v3", f => f(device, buffer)),
        };
        var start = text == NvmlText.PciAddress ? PciAddressOffset : 0;
        value = Terminated(buffer.AsSpan(start, text == NvmlText.PciAddress ? PciInfoLength - start : buffer.Length));
        return result;
    }

    public NvmlReturn Number(NvmlNumber number, nint device, out long value)
    {
        long read = 0;
        var result = number switch
        {
            NvmlNumber.MemoryTotalBytes => Memory(device, 0, out read),
            NvmlNumber.MemoryFreeBytes => Memory(device, 1, out read),
            NvmlNumber.MemoryUsedBytes => Memory(device, 2, out read),
            NvmlNumber.ComputeCapabilityTimesTen => ComputeCapability(device, out read),
            NvmlNumber.UtilizationPercent => Utilization(device, out read),
            NvmlNumber.PowerMilliwatts => Plain("nvmlDeviceGetPowerUsage", device, out read),
            NvmlNumber.PowerLimitMilliwatts => Plain("nvmlDeviceGetEnforcedPowerLimit", device, out read),
            NvmlNumber.TemperatureCelsius => OfKind("nvmlDeviceGetTemperature", device, GpuSensor, out read),
            NvmlNumber.ClockMegahertz => OfKind("nvmlDeviceGetClockInfo", device, GraphicsClock, out read),
            NvmlNumber.MemoryClockMegahertz => OfKind("nvmlDeviceGetClockInfo", device, MemoryClock, out read),
            NvmlNumber.ThrottleReasons => Long("nvmlDeviceGetCurrentClocksThrottleReasons", device, out read),
            NvmlNumber.LinkGeneration => Plain("nvmlDeviceGetCurrPcieLinkGeneration", device, out read),
            NvmlNumber.LinkLanes => Plain("nvmlDeviceGetCurrPcieLinkWidth", device, out read),
            NvmlNumber.MaximumLinkGeneration => Plain("nvmlDeviceGetMaxPcieLinkGeneration", device, out read),
            NvmlNumber.MaximumLinkLanes => Plain("nvmlDeviceGetMaxPcieLinkWidth", device, out read),
            _ => Long("nvmlDeviceGetTotalEnergyConsumption", device, out read),
        };
        value = read;
        return result;
    }

    private NvmlReturn Plain(string name, nint device, out long value)
    {
        var read = 0u;
        var result = Call<DeviceNumber>(name, f => f(device, out read));
        value = read;
        return result;
    }

    private NvmlReturn Long(string name, nint device, out long value)
    {
        var read = 0ul;
        var result = Call<DeviceLong>(name, f => f(device, out read));
        value = unchecked((long)read);
        return result;
    }

    private NvmlReturn OfKind(string name, nint device, int kind, out long value)
    {
        var read = 0u;
        var result = Call<DeviceNumberOfKind>(name, f => f(device, kind, out read));
        value = read;
        return result;
    }

    private NvmlReturn Memory(nint device, int part, out long value)
    {
        var parts = new ulong[3];
        var result = Call<DeviceLongs>("nvmlDeviceGetMemoryInfo", f => f(device, parts));
        value = unchecked((long)parts[part]);
        return result;
    }

    private NvmlReturn Utilization(nint device, out long value)
    {
        var rates = new uint[2];
        var result = Call<DeviceNumbers>("nvmlDeviceGetUtilizationRates", f => f(device, rates));
        value = rates[0];
        return result;
    }

    private NvmlReturn ComputeCapability(nint device, out long value)
    {
        var (major, minor) = (0, 0);
        var result = Call<DeviceTwoNumbers>("nvmlDeviceGetCudaComputeCapability", f => f(device, out major, out minor));
        value = major * 10 + minor;
        return result;
    }

    private NvmlReturn Call<T>(string name, Func<T, int> call)
        where T : Delegate
        => NativeLibrary.TryGetExport(_library, name, out var address)
            ? (NvmlReturn)call(Marshal.GetDelegateForFunctionPointer<T>(address))
            : NvmlReturn.FunctionNotFound;

    private static nint TryLoad(string name) => NativeLibrary.TryLoad(name, out var library) ? library : 0;

    private static string Terminated(ReadOnlySpan<byte> bytes)
        => Encoding.UTF8.GetString(bytes[..(bytes.IndexOf((byte)0) is >= 0 and var end ? end : bytes.Length)]);

    /// <summary>On Windows by whole paths: the bare name would be looked for in the working folder too.</summary>
    private static IEnumerable<string> Names() => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.SystemDirectory, "nvml.dll"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA Corporation", "NVSMI", "nvml.dll")]
        : ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1"];
}
