using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepGpu.Distributed;

/// <summary>Gives each process of a machine a GPU of its own, before anything of CUDA is loaded.</summary>
internal static class GpuChoice
{
    private const string Visible = "CUDA_VISIBLE_DEVICES";
    private const string Driver = "/proc/driver/nvidia/gpus";

    /// <summary>Sets CUDA_VISIBLE_DEVICES; leaves it where it names one GPU or none, and where the machine has at most one.</summary>
    public static void Choose(int localRank)
    {
        var found = Directory.Exists(Driver) ? Directory.GetDirectories(Driver).Length : 0;
        if (Of(Environment.GetEnvironmentVariable(Visible), found, localRank) is not { } gpu) return;
        Environment.SetEnvironmentVariable(Visible, gpu);
        if (OperatingSystem.IsLinux()) _ = SetForNativeCode(Visible, gpu, 1);
    }

    /// <summary>The GPU of a process; null to leave the choice as it is.</summary>
    /// <param name="visible">What CUDA_VISIBLE_DEVICES says; null where it is not set.</param>
    /// <param name="found">How many GPUs the machine has.</param>
    /// <param name="localRank">The process's number on its machine.</param>
    /// <exception cref="DistributionException">There are fewer GPUs than processes.</exception>
    public static string? Of(string? visible, int found, int localRank)
    {
        string[] gpus = visible is null
            ? [.. Enumerable.Range(0, found).Select(i => i.ToString(CultureInfo.InvariantCulture))]
            : visible.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (gpus.Length <= 1) return null;
        return localRank < gpus.Length ? gpus[localRank] : throw new DistributionException(new("gpus",
            "Every process of a machine needs a GPU of its own,",
            string.Create(CultureInfo.InvariantCulture, $"but process {localRank + 1} of {Environment.MachineName} finds {gpus.Length}."),
            "Start at most as many processes on a machine as it has GPUs."));
    }

    /// <summary>.NET's own variables are not seen by native code.</summary>
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetForNativeCode(string name, string value, int overwrite);
}
