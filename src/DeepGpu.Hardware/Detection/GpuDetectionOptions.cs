using System.Globalization;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>How GPUs are found and watched.</summary>
public sealed class GpuDetectionOptions
{
    /// <summary>How long a command (nvidia-smi, rocm-smi, system_profiler) may take before it and its children are ended.
    /// Default 5 seconds.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The path of nvidia-smi. Default null: looked for in the system's folders.</summary>
    public string? NvidiaSmiPath { get; set; }

    /// <summary>The path of rocm-smi. Default null: looked for in the system's folders.</summary>
    public string? RocmSmiPath { get; set; }

    /// <summary>The folder of the CUDA toolkit. Default null: what CUDA_PATH or CUDA_HOME names, /usr/local/cuda, or where nvcc is
    /// found.</summary>
    public string? CudaFolder { get; set; }

    /// <summary>The folder of ROCm. Default null: what ROCM_PATH or HIP_PATH names, or /opt/rocm.</summary>
    public string? RocmFolder { get; set; }

    /// <summary>Where the kernel shows graphics cards. Default "/sys/class/drm".</summary>
    public string SysfsFolder { get; set; } = "/sys/class/drm";

    /// <summary>Below this share of free memory a GPU gets a warning, 0 to 1. Default 0.05.</summary>
    public double LeastFreeMemory { get; set; } = 0.05;

    /// <summary>The time between samples of an energy meter. Default 100 ms.</summary>
    public TimeSpan EnergyInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Sets on other options what was set here to something else than the default.</summary>
    internal void CopyTo(GpuDetectionOptions other)
    {
        var standard = new GpuDetectionOptions();
        if (CommandTimeout != standard.CommandTimeout) other.CommandTimeout = CommandTimeout;
        if (SysfsFolder != standard.SysfsFolder) other.SysfsFolder = SysfsFolder;
        if (!LeastFreeMemory.Equals(standard.LeastFreeMemory)) other.LeastFreeMemory = LeastFreeMemory;
        if (EnergyInterval != standard.EnergyInterval) other.EnergyInterval = EnergyInterval;
        other.NvidiaSmiPath = NvidiaSmiPath ?? other.NvidiaSmiPath;
        other.RocmSmiPath = RocmSmiPath ?? other.RocmSmiPath;
        other.CudaFolder = CudaFolder ?? other.CudaFolder;
        other.RocmFolder = RocmFolder ?? other.RocmFolder;
    }
}

/// <summary>Checks <see cref="GpuDetectionOptions"/>. All faults are listed together.</summary>
public sealed class GpuDetectionOptionsValidator : IValidateOptions<GpuDetectionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GpuDetectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new[]
        {
            Positive(nameof(options.CommandTimeout), options.CommandTimeout),
            Positive(nameof(options.EnergyInterval), options.EnergyInterval),
            options.LeastFreeMemory is >= 0 and <= 1
                ? null
                : "LeastFreeMemory must be from 0 to 1, but is "
                    + $"{options.LeastFreeMemory.ToString(CultureInfo.InvariantCulture)}. Pass 0 for no warning.",
            string.IsNullOrWhiteSpace(options.SysfsFolder) ? "SysfsFolder must be a path, but is empty. Leave the default." : null,
        }.OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? Positive(string name, TimeSpan value)
        => value > TimeSpan.Zero && value < TimeSpan.FromDays(1)
            ? null
            : $"{name} must be above 0 and below a day, but is {value}. Pass a time such as 5 seconds.";
}
