namespace DeepGpu;

/// <summary>What can go wrong while the native libraries are looked for and loaded, each with its remedy. What the loader says:
/// <see cref="LoaderRemedy"/>.</summary>
internal static class RuntimeFaults
{
    public static Fault NoLibTorch(IEnumerable<(string Folder, string Source)> candidates) => new(
        "libtorch_missing",
        $"The native library {NativePlatform.FileName("torch_cpu")} is needed,",
        $"but was not found in {Folders(candidates)}.",
        $"{Download()}, reference TorchSharp-cpu {NativeFolders.TorchSharpVersion} in the application, "
        + "or set LIBTORCH to the lib folder of a PyTorch install.");

    public static Fault NoTorchSharp(IEnumerable<(string Folder, string Source)> candidates) => new(
        "torchsharp_missing",
        $"The native library {NativePlatform.FileName("LibTorchSharp")} is needed,",
        $"but was not found in {Folders(candidates)}.",
        $"Publish the application with its native libraries, or restore the package TorchSharp {NativeFolders.TorchSharpVersion}.");

    public static Fault VersionSkew(string found, string expected) => new(
        "libtorch_version_skew",
        $"TorchSharp {NativeFolders.TorchSharpVersion} is built for libtorch {expected},",
        $"but LIBTORCH holds {found}.",
        $"It may work; if calls fail, install PyTorch {expected} or unset LIBTORCH.");

    public static Fault Foreign(string library, string weakness) => new(
        "foreign_library",
        "Code is loaded from a package cache only if no other user could have put it there,",
        $"but {library} is not safe: {weakness}.",
        "Restore the packages as this user and take write access from others, or name the folder yourself with LIBTORCH.");

    public static Fault Truncated(string library, UInt128 needed, long length) => new(
        "library_truncated",
        $"{library} must have the {needed} bytes its own tables speak of,",
        $"but has {length}: its end is missing.",
        "Unpack or restore the package again, with room on the disk.");

    public static Fault NoPlace(string library, IEnumerable<string> reasons) => new(
        "no_private_copy",
        $"This system's libstdc++ is older than GCC 13's, so a changed copy of {library} must be loaded,",
        $"but neither memory nor a folder takes it: {string.Join("; ", reasons)}.",
        $"Set {CacheFolder.Variable} to an absolute path of a folder that only you can write to and that allows execution, "
        + "or install a newer libstdc++6.");

    public static Fault CannotLoad(Exception e, TorchRuntimeReport report, bool allowsOlderLibstdcxx) => new(
        "libtorch_load_failed",
        $"libtorch from {report.LibTorchFolder ?? "nowhere"} must load,",
        $"but: {Reason(e.GetBaseException()).TrimEnd('.')}.",
        LoaderRemedy.For(Reason(e.GetBaseException()), allowsOlderLibstdcxx));

    /// <summary>Why something could not be loaded: of .NET's many lines about a library the last, which is the loader's own; of other texts
    /// the first.</summary>
    public static string Reason(Exception e)
    {
        var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? e.GetType().Name : e is DllNotFoundException or BadImageFormatException ? lines[^1] : lines[0];
    }

    private static string Folders(IEnumerable<(string Folder, string Source)> candidates)
        => string.Join(", ", candidates.Select(c => c.Folder).Distinct());

    private static string Download()
    {
        var package = $"libtorch-cpu-{NativePlatform.Rid}@{NativeFolders.ExpectedLibTorch}";
        return NativeFolders.PackageCache() is { } cache
            ? $"Run 'dotnet package download {package} --output \"{cache}\"'"
            : $"Run 'dotnet package download {package} --output FOLDER' with an absolute FOLDER and set NUGET_PACKAGES to it";
    }
}
