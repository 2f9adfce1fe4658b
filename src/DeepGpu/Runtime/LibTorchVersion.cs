using System.Text.RegularExpressions;

namespace DeepGpu.Runtime;

/// <summary>Tells which release a libtorch folder holds.</summary>
internal static partial class LibTorchVersion
{
    /// <summary>The release, from a PyTorch install's version.py, a libtorch archive's build-version or a NuGet package's folder;
    /// null if none tells.</summary>
    public static string? Read(string folder)
    {
        folder = RealFolder(folder);
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? folder;
        if (FirstMatch(Path.Combine(parent, "version.py")) is { } python) return python;
        if (FirstMatch(Path.Combine(parent, "build-version")) is { } archive) return archive;
        var package = Path.GetDirectoryName(Path.GetDirectoryName(parent));
        return package is not null && Release().IsMatch(Path.GetFileName(package)) ? Path.GetFileName(package) : null;
    }

    /// <summary>Whether a release differs from the expected one in more than its patch level.</summary>
    public static bool Skew(string? version) => version is not null && Release().Match(version) is { Success: true } m
        && (m.Groups[1].Value, m.Groups[2].Value) != ($"{NativeFolders.ExpectedLibTorch.Major}", $"{NativeFolders.ExpectedLibTorch.Minor}");

    /// <summary>Where the library really lies: a build may have linked to it in the package cache.</summary>
    private static string RealFolder(string folder)
    {
        var library = new FileInfo(Path.Combine(folder, NativePlatform.FileName("torch_cpu")));
        return library.Exists && library.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Path.GetDirectoryName(target.FullName)!
            : folder;
    }

    private static string? FirstMatch(string file)
    {
        try
        {
            return File.Exists(file) && Release().Match(RegularFile.ReadAllText(file)) is { Success: true } match ? match.Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(\d+)\.(\d+)\.(\d+)(\+\w+)?")]
    private static partial Regex Release();
}
