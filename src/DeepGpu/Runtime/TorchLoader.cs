using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepGpu;

/// <summary>Loads libtorch and TorchSharp's native library in the order they need each other.</summary>
internal static class TorchLoader
{
    private static readonly string[] CpuOrder = ["torch_global_deps", "c10", "torch_cpu"];
    private static readonly string[] CudaOrder = ["c10_cuda", "torch_cuda"];

    public static TorchRuntimeReport Load(TorchRuntimeOptions options)
    {
        var report = Locate(options);
        return report.IsUsable ? Open(report, options) : report;
    }

    private static TorchRuntimeReport Locate(TorchRuntimeOptions options)
    {
        var expected = NativeFolders.ExpectedLibTorch.ToString(3);
        var candidates = (options.LibTorchFolder is { } named ? NativeFolders.Named(named) : NativeFolders.Default($"libtorch-cpu-{NativePlatform.Rid}", expected)).ToList();
        var found = NativeFolders.Find("torch_cpu", candidates);
        var version = found is null ? null : LibTorchVersion.Read(found.Value.Folder);
        return new()
        {
            IsUsable = found is not null,
            TorchSharpVersion = NativeFolders.TorchSharpVersion,
            ExpectedLibTorchVersion = expected,
            LibTorchVersion = version,
            LibTorchFolder = found?.Folder,
            LibTorchSource = found?.Source,
            HasCudaLibraries = NativeFolders.Find("torch_cuda", candidates) is not null,
            Problems = found is null ? [RuntimeFaults.NoLibTorch(candidates)] : LibTorchVersion.Skew(version) ? [RuntimeFaults.VersionSkew(version!, expected)] : [],
        };
    }

    private static TorchRuntimeReport Open(TorchRuntimeReport report, TorchRuntimeOptions options)
    {
        try
        {
            var original = TorchSharpNative();
            var file = options.AllowOlderLibstdcxx ? OlderLibstdcxx.Loadable(original) : original;
            if (file != original || report.LibTorchSource != "application") Preload(report, file);
            torch.InitializeDeviceType(DeviceType.CPU);
            return report with { TorchSharpNativeFile = file, IsPatchedCopy = file != original };
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException or NotSupportedException or InvalidDataException or IOException)
        {
            return report with { IsUsable = false, Problems = [RuntimeFaults.CannotLoad(e, report, OlderLibstdcxx.SystemLacksVersion())] };
        }
    }

    /// <summary>By full path, before TorchSharp's first use: later look-ups by name then find what is already loaded.</summary>
    private static void Preload(TorchRuntimeReport report, string torchSharpNative)
    {
        IEnumerable<string> libraries = [.. CpuOrder, .. report.HasCudaLibraries ? CudaOrder : [], "torch"];
        foreach (var file in libraries.Select(library => Path.Combine(report.LibTorchFolder!, NativePlatform.FileName(library))).Where(File.Exists))
        {
            NativeLibrary.Load(file);
        }

        NativeLibrary.Load(torchSharpNative);
    }

    private static string TorchSharpNative()
    {
        var candidates = NativeFolders.Default("torchsharp", NativeFolders.TorchSharpVersion);
        return NativeFolders.Find("LibTorchSharp", candidates) is { } found
            ? Path.Combine(found.Folder, NativePlatform.FileName("LibTorchSharp"))
            : throw new DllNotFoundException($"{NativePlatform.FileName("LibTorchSharp")} was not found in {string.Join(", ", candidates.Select(c => c.Folder))}.");
    }
}
