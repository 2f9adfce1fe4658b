namespace DeepGpu;

/// <summary>Where this library keeps files it can make or fetch again: <c>DEEPGPU_CACHE</c>, else the user's local application data.</summary>
internal static class CacheFolder
{
    public static string Root => Environment.GetEnvironmentVariable("DEEPGPU_CACHE") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "DeepGpu");
}
