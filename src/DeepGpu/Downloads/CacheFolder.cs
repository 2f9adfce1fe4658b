namespace DeepGpu;

/// <summary>Where this library keeps files it can make or fetch again: <c>DEEPGPU_CACHE</c>,
/// else the user's local application data.</summary>
internal static class CacheFolder
{
    public const string Variable = "DEEPGPU_CACHE";

    /// <summary>The folder, made when something is put into it.</summary>
    /// <exception cref="DeepGpuArgumentException"><c>DEEPGPU_CACHE</c> or the user's folder is a relative path: it would name another
    /// folder in every working folder.</exception>
    public static string Root
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Absolute(Variable, folder) : Absolute("HOME", Default);

    private static string Default
        => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "DeepGpu");

    /// <summary>A folder whose path is not whole.</summary>
    public static Fault Relative(string name, string path) => new(
        "relative_folder",
        $"{name} must be an absolute path, for a relative one means another folder in every working folder,",
        $"but is '{path}'.",
        $"Set {name} to the whole path, or unset it.");

    private static string Absolute(string variable, string folder)
        => Path.IsPathFullyQualified(folder) ? folder
            : throw new DeepGpuArgumentException(Relative(variable, folder), variable);
}
