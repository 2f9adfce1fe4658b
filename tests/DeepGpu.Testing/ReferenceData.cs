namespace DeepGpu.Testing;

/// <summary>The folder of real data and reference numbers: DEEPGPU_DATA names it, and nothing else does.
/// Tests that need it skip without it.</summary>
public static class ReferenceData
{
    /// <summary>The folder; null where the variable is not set.</summary>
    public static string? Root => Environment.GetEnvironmentVariable("DEEPGPU_DATA") is { Length: > 0 } folder ? folder : null;

    /// <summary>The path of a file or folder inside it; skips the test where the variable is not set.</summary>
    public static string Path(params string[] parts)
    {
        Assert.SkipWhen(Root is null, "needs DEEPGPU_DATA: the folder that holds data/, oracles/, hostile/ and measurements/");
        var path = System.IO.Path.Combine([Root, .. parts]);
        Assert.True(File.Exists(path) || Directory.Exists(path), $"{path} is missing from DEEPGPU_DATA");
        return path;
    }
}
