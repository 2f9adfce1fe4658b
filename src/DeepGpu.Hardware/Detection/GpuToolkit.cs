namespace DeepGpu.Hardware;

/// <summary>A vendor's toolkit that is installed on this machine. Frameworks' wheels bring their own; what is compiled here
/// uses it.</summary>
/// <param name="Platform">CUDA or ROCm.</param>
/// <param name="Version">Its release, e.g. 12.4.1.</param>
/// <param name="Place">The folder, or the command that told it.</param>
public sealed record GpuToolkit(GpuPlatform Platform, Version Version, string Place)
{
    /// <summary>"CUDA 12.4.1 (/usr/local/cuda)".</summary>
    public override string ToString() => $"{Name} {Version} ({PrintableText.Of(Place)})";

    /// <summary>The platform as its maker writes it.</summary>
    internal string Name => NameOf(Platform);

    internal static string NameOf(GpuPlatform platform) => platform switch
    {
        GpuPlatform.Cuda => "CUDA",
        GpuPlatform.Rocm => "ROCm",
        _ => platform.ToString(),
    };
}
