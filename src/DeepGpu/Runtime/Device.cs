using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>The kind of processor a model runs on.</summary>
public enum DeviceKind
{
    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU (or an AMD one under a ROCm build of libtorch).</summary>
    Cuda,

    /// <summary>An Apple GPU.</summary>
    Mps,
}

/// <summary>A processor of this machine that a model can run on.
/// Not a card of the catalogue: see <c>DeepGpu.Hardware.GpuSpec</c>.</summary>
public sealed record Device
{
    private Device(DeviceKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>The CPU. Always there.</summary>
    public static Device Cpu { get; } = new(DeviceKind.Cpu, 0);

    /// <summary>The kind of processor.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which of several, from 0.</summary>
    public int Index { get; }

    /// <summary>The best device here: CUDA, then MPS, then the CPU.</summary>
    public static Device Best()
    {
        TorchRuntime.Start();
        if (IsCudaUsable()) return new(DeviceKind.Cuda, 0);
        return torch.mps_is_available() ? new(DeviceKind.Mps, 0) : Cpu;
    }

    /// <summary>An NVIDIA GPU of this machine.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="allowCpu">Whether the CPU is returned where there is no such GPU. Default false: an error says why.</param>
    /// <exception cref="DeviceUnavailableException">There is no such GPU, and the CPU was not allowed.</exception>
    public static Device Cuda(int index = 0, bool allowCpu = false)
    {
        Require.AtLeast(index, 0, nameof(Device));
        var runtime = TorchRuntime.Start();
        if (IsCudaUsable() && index < torch.cuda.device_count()) return new(DeviceKind.Cuda, index);
        return allowCpu ? Cpu : throw new DeviceUnavailableException(CudaDiagnosis.Explain(index, new CudaDriver(), runtime));
    }

    /// <summary>The device in torch's notation: "cpu", "cuda:0", "mps".</summary>
    public override string ToString() => Kind == DeviceKind.Cuda ? $"cuda:{Index}" : Kind.ToString().ToLowerInvariant();

    internal torch.Device ToTorch()
        => new((DeviceType)(int)(Kind switch { DeviceKind.Cuda => DeviceType.CUDA, DeviceKind.Mps => DeviceType.MPS, _ => DeviceType.CPU }),
            Index);

    private static bool IsCudaUsable() => TorchRuntime.Start().HasCudaLibraries && torch.TryInitializeDeviceType(DeviceType.CUDA);
}

/// <summary>A device that was asked for cannot be used here.</summary>
public sealed class DeviceUnavailableException : DeepGpuException
{
    internal DeviceUnavailableException(Fault fault)
        : base(fault)
    {
    }
}
