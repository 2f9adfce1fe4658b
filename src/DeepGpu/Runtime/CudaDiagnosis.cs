namespace DeepGpu.Runtime;

/// <summary>Why CUDA cannot be used, from the most basic cause to the least.</summary>
internal static class CudaDiagnosis
{
    private static readonly Version Needed = new(12, 0);

    public static Fault Explain(int index, ICudaDriver driver, TorchRuntimeReport runtime)
    {
        var (received, remedy) = Cause(index, driver, runtime);
        return new("cuda_unavailable", $"CUDA device {index} was asked for,", received,
            remedy + " Pass allowCpu: true to run on the CPU instead.");
    }

    private static (string Received, string Remedy) Cause(int index, ICudaDriver driver, TorchRuntimeReport runtime)
    {
        if (!driver.IsInstalled)
            return ("but no NVIDIA driver is installed (its library cannot be loaded).",
                "Install the NVIDIA driver; in a container, start it with GPU access.");
        if (driver.CudaVersion < Needed)
            return ($"but the NVIDIA driver is too old: it supports CUDA {driver.CudaVersion}, {Needed} is needed.",
                "Update the NVIDIA driver.");
        if (driver.DeviceCount is null)
            return ("but the NVIDIA driver does not start.", "Run nvidia-smi: it names the cause; a reboot helps after a driver update.");
        if (driver.DeviceCount <= index)
            return ($"but the driver offers {driver.DeviceCount} devices.",
                "Choose an index below that number, and look at CUDA_VISIBLE_DEVICES.");
        if (!runtime.HasCudaLibraries)
            return ($"but libtorch from {runtime.LibTorchFolder} is a CPU-only build.", "Reference TorchSharp-cuda-linux or "
                + "TorchSharp-cuda-windows instead of the CPU package, or set LIBTORCH to a CUDA PyTorch's lib folder.");
        return ("but libtorch cannot use the driver.",
            $"Look at the versions with 'deepgpu doctor': libtorch {runtime.LibTorchVersion}, driver for CUDA {driver.CudaVersion}.");
    }
}
