using TorchSharp;

namespace DeepGpu.Runtime;

/// <summary>Where native libraries may lie, in the order they are looked for.</summary>
internal static class NativeFolders
{
    /// <summary>How a library is said to be found that lies in no folder of the application and none the user named.</summary>
    public const string PackageSource = "NuGet package cache";

    /// <summary>The release of libtorch that TorchSharp 0.107 is built for.</summary>
    public static readonly Version ExpectedLibTorch = new(2, 10, 0);

    public static readonly string TorchSharpVersion = typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>The first folder that holds a library, and how it was found; null if none does.</summary>
    public static (string Folder, string Source)? Find(string library, IEnumerable<(string Folder, string Source)> candidates)
    {
        var file = NativePlatform.FileName(library);
        foreach (var candidate in candidates)
        {
            if (File.Exists(Path.Combine(candidate.Folder, file))) return candidate;
        }

        return null;
    }

    /// <summary>A folder the user names: itself, or the "lib" folder inside it.</summary>
    public static IEnumerable<(string Folder, string Source)> Named(string folder)
        => [(folder, "LIBTORCH"), (Path.Combine(folder, "lib"), "LIBTORCH")];

    /// <summary>The application's own folders, then the NuGet package cache.</summary>
    public static IEnumerable<(string Folder, string Source)> Default(string package, string version)
    {
        foreach (var folder in Application().Where(Path.IsPathFullyQualified)) yield return (folder, "application");
        if (PackageCache() is not { } cache) yield break;
        yield return (Path.Combine(cache, package, version, "runtimes", NativePlatform.Rid, "native"), PackageSource);
    }

    /// <summary>Where NuGet unpacks packages: NUGET_PACKAGES, else .nuget/packages in the user's folder. Null where that is no absolute
    /// path, which NuGet itself refuses: it would lie in the working folder, and whoever chose that would choose the code.</summary>
    public static string? PackageCache()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(UserFolder(), ".nuget", "packages");
        return Path.IsPathFullyQualified(folder) ? folder : null;
    }

    private static string UserFolder()
        => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    private static IEnumerable<string> Application()
    {
        var native = Path.Combine("runtimes", NativePlatform.Rid, "native");
        var listed = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. listed, AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, native)];
    }
}
