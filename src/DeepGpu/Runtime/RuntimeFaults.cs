namespace DeepGpu;

/// <summary>What can go wrong while the native libraries load, each with its remedy.</summary>
internal static class RuntimeFaults
{
    public static Fault NoLibTorch(IEnumerable<(string Folder, string Source)> candidates) => new(
        "libtorch_missing",
        $"The native library {NativePlatform.FileName("torch_cpu")} is needed,",
        $"but was not found in {string.Join(", ", candidates.Select(c => c.Folder).Distinct())}.",
        $"Run 'dotnet package download libtorch-cpu-{NativePlatform.Rid}@{NativeFolders.ExpectedLibTorch} --output \"{NativeFolders.PackageCache()}\"', reference TorchSharp-cpu {NativeFolders.TorchSharpVersion} in the application, or set LIBTORCH to the lib folder of a PyTorch install.");

    public static Fault VersionSkew(string found, string expected) => new(
        "libtorch_version_skew",
        $"TorchSharp {NativeFolders.TorchSharpVersion} is built for libtorch {expected},",
        $"but LIBTORCH holds {found}.",
        $"It may work; if calls fail, install PyTorch {expected} or unset LIBTORCH.");

    public static Fault CannotLoad(Exception e, TorchRuntimeReport report, bool olderLibstdcxx) => new(
        "libtorch_load_failed",
        $"libtorch from {report.LibTorchFolder} must load,",
        $"but: {FirstLine(e.GetBaseException().Message)}",
        Remedy(olderLibstdcxx));

    private static string Remedy(bool olderLibstdcxx) => olderLibstdcxx
        ? "This system's libstdc++ is older than GCC 13's: leave TorchRuntimeOptions.AllowOlderLibstdcxx on, or install a newer libstdc++6."
        : "Install the library it names, or reference the TorchSharp-cpu package of the same version as TorchSharp.";

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
