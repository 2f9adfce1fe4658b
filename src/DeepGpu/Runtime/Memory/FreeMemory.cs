namespace DeepGpu;

/// <summary>How much memory a device has left at most, as far as it can be told.</summary>
/// <param name="Bytes">Bytes, at least 0.</param>
/// <param name="Where">Whose memory it is, in words.</param>
/// <param name="Source">What tells.</param>
internal readonly record struct FreeMemory(long Bytes, string Where, string Source)
{
    /// <summary>Switches the checks off, for a machine whose figures are wrong.</summary>
    private static readonly bool IsAsked = Environment.GetEnvironmentVariable("DEEPGPU_CHECK_MEMORY") != "0";

    /// <summary>For tests: what a device is taken to have, in place of what it has; null for the real figure.</summary>
    internal static Func<TorchSharp.DeviceType, FreeMemory?>? Instead { get; set; }

    /// <summary>What a device has left; null where nobody tells.</summary>
    /// <remarks>Linux tells of its own memory. Of a CUDA card the driver tells all it has: TorchSharp does not say how much of that is
    /// free, or kept by torch's allocator to be used again.</remarks>
    public static FreeMemory? Of(TorchSharp.torch.Device device)
    {
        if (!IsAsked) return null;
        if (Instead is { } instead) return instead(device.type);
        if (device.type == TorchSharp.DeviceType.CPU) return OperatingSystem.IsLinux() ? new LinuxMemory().Least() : null;
        if (device.type != TorchSharp.DeviceType.CUDA) return null;
        var total = new CudaDriver().TotalMemory(Math.Max(device.index, 0));
        return total is { } bytes ? new(bytes, device.ToString(), "all of its memory") : null;
    }

    /// <summary>Throws if something certainly does not fit.</summary>
    /// <param name="what">What it is, as words before "of 3 GiB".</param>
    /// <param name="needed">The bytes it takes at the least.</param>
    /// <param name="device">Where it is.</param>
    /// <exception cref="OutOfGpuMemoryException">The device has less.</exception>
    public static void Demand(string what, long needed, TorchSharp.torch.Device device)
    {
        if (Of(device) is { } free && needed > free.Bytes) throw OutOfMemory.Beforehand(what, needed, free);
    }
}
