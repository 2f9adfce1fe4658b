using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>How native libraries are called on this platform.</summary>
internal static class NativePlatform
{
    /// <summary>The runtime identifier of the packages: "linux-x64", "win-x64", "osx-arm64".</summary>
    public static string Rid { get; } = (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-"
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>A library's file name: "libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib".</summary>
    public static string FileName(string library)
        => OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
