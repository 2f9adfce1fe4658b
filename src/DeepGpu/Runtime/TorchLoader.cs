using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepGpu;

/// <summary>Loads libtorch and TorchSharp's native library in the order they need each other.</summary>
internal static class TorchLoader
{
    private static readonly string[] CpuOrder = ["torch_global_deps", "c10", "torch_cpu"];
    private static readonly string[] CudaOrder = ["c10_cuda", "torch_cuda"];

    /// <summary>Finds and loads them. Whatever goes wrong is a problem of the report.</summary>
    public static TorchRuntimeReport Load(TorchRuntimeOptions options)
    {
        var report = Nothing();
        try
        {
            report = Locate(options, report);
            return report.IsUsable ? Open(report, options) : report;
        }
        catch (Exception e)
        {
            var fault = (e as IFaultSource)?.Fault ?? RuntimeFaults.CannotLoad(e, report, options.AllowOlderLibstdcxx);
            return report with { IsUsable = false, Problems = [fault] };
        }
    }

    private static TorchRuntimeReport Nothing() => new()
    {
        IsUsable = false,
        TorchSharpVersion = NativeFolders.TorchSharpVersion,
        ExpectedLibTorchVersion = NativeFolders.ExpectedLibTorch.ToString(3),
        Problems = [],
    };

    private static TorchRuntimeReport Locate(TorchRuntimeOptions options, TorchRuntimeReport nothing)
    {
        var candidates = Candidates(options, nothing.ExpectedLibTorchVersion).ToList();
        if (NativeFolders.Find("torch_cpu", candidates) is not { } found)
            return nothing with { Problems = [RuntimeFaults.NoLibTorch(candidates)] };
        CheckTrust(found, "torch_cpu");
        var version = LibTorchVersion.Read(found.Folder);
        return nothing with
        {
            IsUsable = true,
            LibTorchVersion = version,
            LibTorchFolder = found.Folder,
            LibTorchSource = found.Source,
            HasCudaLibraries = NativeFolders.Find("torch_cuda", candidates) is not null,
            Problems = LibTorchVersion.Skew(version) ? [RuntimeFaults.VersionSkew(version!, nothing.ExpectedLibTorchVersion)] : [],
        };
    }

    private static IEnumerable<(string Folder, string Source)> Candidates(TorchRuntimeOptions options, string version)
    {
        if (options.LibTorchFolder is not { } named) return NativeFolders.Default($"libtorch-cpu-{NativePlatform.Rid}", version);
        if (!Path.IsPathFullyQualified(named))
            throw new DeepGpuArgumentException(CacheFolder.Relative("LIBTORCH", named), nameof(options));
        return NativeFolders.Named(named);
    }

    private static TorchRuntimeReport Open(TorchRuntimeReport report, TorchRuntimeOptions options)
    {
        WholeLibrary.CheckFolder(report.LibTorchFolder!);
        var original = TorchSharpNative();
        WholeLibrary.CheckFolder(Path.GetDirectoryName(original)!);
        var copy = options.AllowOlderLibstdcxx ? OlderLibstdcxx.Copy(original) : null;
        if (copy is not null || report.LibTorchSource != "application") Preload(report, original, copy);
        torch.InitializeDeviceType(DeviceType.CPU);
        return report with { TorchSharpNativeFile = original, IsPatchedCopy = copy is not null };
    }

    /// <summary>By full path, before TorchSharp's first use: later look-ups by name then find what is already loaded.</summary>
    private static void Preload(TorchRuntimeReport report, string torchSharpNative, byte[]? copy)
    {
        IEnumerable<string> libraries = [.. CpuOrder, .. report.HasCudaLibraries ? CudaOrder : [], "torch"];
        foreach (var file in libraries.Select(library => Path.Combine(report.LibTorchFolder!, NativePlatform.FileName(library)))
            .Where(File.Exists))
        {
            NativeLibrary.Load(file);
        }

        if (copy is null) NativeLibrary.Load(torchSharpNative);
        else PrivateLibrary.Load(copy, Path.GetFileName(torchSharpNative));
    }

    private static string TorchSharpNative()
    {
        var candidates = NativeFolders.Default("torchsharp", NativeFolders.TorchSharpVersion).ToList();
        if (NativeFolders.Find("LibTorchSharp", candidates) is not { } found)
            throw new DeepGpuException(RuntimeFaults.NoTorchSharp(candidates));
        CheckTrust(found, "LibTorchSharp");
        return Path.Combine(found.Folder, NativePlatform.FileName("LibTorchSharp"));
    }

    /// <summary>The application's folders are trusted as the application is, and a folder the user names as the user. What was merely found
    /// is not.</summary>
    private static void CheckTrust((string Folder, string Source) found, string library)
    {
        if (found.Source != NativeFolders.PackageSource) return;
        var file = Path.Combine(found.Folder, NativePlatform.FileName(library));
        if (FileTrust.WeaknessOfLibrary(file) is { } weakness) throw new DeepGpuException(RuntimeFaults.Foreign(file, weakness));
    }
}
