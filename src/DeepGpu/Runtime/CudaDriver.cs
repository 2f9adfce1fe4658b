using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>What the NVIDIA driver says, without torch. A seam: tests replace it.</summary>
internal interface ICudaDriver
{
    /// <summary>Whether the driver's library can be loaded.</summary>
    bool IsInstalled { get; }

    /// <summary>The newest CUDA release the driver supports; null if it does not answer.</summary>
    Version? CudaVersion { get; }

    /// <summary>How many GPUs it offers; null if it does not start.</summary>
    int? DeviceCount { get; }
}

/// <summary>The CUDA driver API, opened at run time: https://docs.nvidia.com/cuda/cuda-driver-api/.</summary>
internal sealed unsafe class CudaDriver : ICudaDriver
{
    /// <summary>On Windows by its whole path: the bare name would be looked for in the working folder too.</summary>
    private static readonly string Name = OperatingSystem.IsWindows()
        ? Path.Combine(Environment.SystemDirectory, "nvcuda.dll")
        : "libcuda.so.1";

    private readonly nint _library;

    public CudaDriver() => NativeLibrary.TryLoad(Name, out _library);

    public bool IsInstalled => _library != 0;

    public Version? CudaVersion => Call("cuDriverGetVersion") is { } version ? new(version / 1000, version % 1000 / 10) : null;

    public int? DeviceCount => Start() ? Call("cuDeviceGetCount") : null;

    /// <summary>The bytes of memory a GPU has; null if the driver does not answer.</summary>
    /// <param name="index">Which one, from 0, of those the process may see.</param>
    public long? TotalMemory(int index)
    {
        if (!Start() || !NativeLibrary.TryGetExport(_library, "cuDeviceGet", out var get)
            || !NativeLibrary.TryGetExport(_library, "cuDeviceTotalMem_v2", out var total)) return null;
        int device;
        nuint bytes;
        return ((delegate* unmanaged<int*, int, int>)get)(&device, index) == 0
            && ((delegate* unmanaged<nuint*, int, int>)total)(&bytes, device) == 0 ? (long)bytes : null;
    }

    private bool Start()
        => IsInstalled && NativeLibrary.TryGetExport(_library, "cuInit", out var function)
            && ((delegate* unmanaged<uint, int>)function)(0) == 0;

    private int? Call(string name)
    {
        if (!IsInstalled || !NativeLibrary.TryGetExport(_library, name, out var function)) return null;
        int value;
        return ((delegate* unmanaged<int*, int>)function)(&value) == 0 ? value : null;
    }
}
