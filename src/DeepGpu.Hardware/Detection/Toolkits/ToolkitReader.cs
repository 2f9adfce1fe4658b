using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeepGpu.Hardware.Detection;

/// <summary>Finds the toolkits that are installed: the release that their own files state, of CUDA else what nvcc says.</summary>
/// <remarks>CUDA writes <c>version.json</c> since 11.1 and <c>version.txt</c> before, ROCm <c>.info/version</c> ("6.0.2-115").</remarks>
internal sealed partial class ToolkitReader(ICommands commands, GpuDetectionOptions options, Func<string, string?> environment)
{
    private const long LongestFile = 1 << 16;

    private static readonly string[] RocmFiles = [Path.Combine(".info", "version"), Path.Combine(".info", "version-dev")];

    /// <summary>The toolkits, at most one of each platform; what cannot be read counts as not installed.</summary>
    public async ValueTask<IReadOnlyList<GpuToolkit>> ReadAsync(CancellationToken cancellationToken)
    {
        var cuda = InFolders(CudaFolders(), Cuda) ?? await OfCompilerAsync(cancellationToken).ConfigureAwait(false);
        return [.. new[] { cuda, InFolders(RocmFolders(), Rocm) }.OfType<GpuToolkit>()];
    }

    /// <summary>The release that nvcc prints: "release 12.4, V12.4.131".</summary>
    internal static Version? OfCompiler(string output) => Release(CompilerRelease().Match(output).Groups[1].Value);

    private IEnumerable<string?> CudaFolders() => options.CudaFolder is { } set ? [set]
        : [environment("CUDA_PATH"), environment("CUDA_HOME"), OperatingSystem.IsWindows() ? null : "/usr/local/cuda"];

    private IEnumerable<string?> RocmFolders() => options.RocmFolder is { } set ? [set]
        : [environment("ROCM_PATH"), environment("HIP_PATH"), OperatingSystem.IsWindows() ? null : "/opt/rocm"];

    private static GpuToolkit? InFolders(IEnumerable<string?> folders, Func<string, GpuToolkit?> read)
        => folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(read).FirstOrDefault(found => found is not null);

    private static GpuToolkit? Cuda(string folder)
    {
        var version = Text(Path.Combine(folder, "version.json")) is { } json ? OfJson(json)
            : Text(Path.Combine(folder, "version.txt")) is { } text ? Release(TextRelease().Match(text).Groups[1].Value) : null;
        return version is null ? null : new(GpuPlatform.Cuda, version, folder);
    }

    private static GpuToolkit? Rocm(string folder)
    {
        var text = RocmFiles.Select(file => Text(Path.Combine(folder, file))).FirstOrDefault(found => found is not null);
        return text is not null && Release(text.Trim().Split('-')[0]) is { } version ? new(GpuPlatform.Rocm, version, folder) : null;
    }

    private async ValueTask<GpuToolkit?> OfCompilerAsync(CancellationToken cancellationToken)
    {
        if (options.CudaFolder is not null || commands.Find("nvcc") is not { } path) return null;
        var result = await commands.RunAsync(path, ["--version"], options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return result is { End: CommandEnd.Exited, ExitCode: 0 } && OfCompiler(result.Output) is { } version
            ? new(GpuPlatform.Cuda, version, path) : null;
    }

    private static Version? OfJson(string text)
    {
        try
        {
            using var json = StrictJson.Parse(Encoding.UTF8.GetBytes(text), maxDepth: 8);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("cuda", out var cuda)
                && cuda.ValueKind == JsonValueKind.Object && cuda.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.String ? Release(version.GetString()!) : null;
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    /// <summary>A short file's text; null where there is none that may be read.</summary>
    private static string? Text(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            using var file = RegularFile.OpenRead(path);
            if (file.Length > LongestFile) return null;
            using var text = new StreamReader(file, Encoding.UTF8);
            return text.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            return null;
        }
    }

    private static Version? Release(string text)
        => Version.TryParse(text, out var version) && version.Revision < 0 ? version : null;

    [GeneratedRegex(@"release (\d{1,3}\.\d{1,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex CompilerRelease();

    [GeneratedRegex(@"CUDA Version (\d{1,3}(?:\.\d{1,4}){1,2})\b", RegexOptions.CultureInvariant)]
    private static partial Regex TextRelease();
}
