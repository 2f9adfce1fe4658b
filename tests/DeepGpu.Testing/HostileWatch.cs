using System.Diagnostics;

namespace DeepGpu.Testing;

/// <summary>Watches the reading of one hostile file: the time and memory it takes, the files it makes, the handles it leaves.</summary>
internal sealed class HostileWatch(HostileFile file) : IDisposable
{
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly long _allocated = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Which limit was broken; null if none.</summary>
    public string? Deviation()
    {
        var (seconds, megabytes) = (_time.Elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - _allocated) / 1e6);
        var limits = file.Entry.GetProperty("limits");
        if (seconds > limits.GetProperty("seconds").GetDouble()) return $"{file.Id}: took {seconds:f1} s";
        if (megabytes > limits.GetProperty("extra_mb").GetDouble()) return $"{file.Id}: allocated {megabytes:f0} MB";
        if (Directory.GetFiles(Path.GetDirectoryName(file.CanaryPrefix)!,
            $"{Path.GetFileName(file.CanaryPrefix)}*") is { Length: > 0 } canaries)
            return $"{file.Id}: made {canaries[0]}";
        return IsOpen(file.Path) ? $"{file.Id}: is still open" : null;
    }

    /// <summary>Stops the watch.</summary>
    public void Dispose() => _time.Stop();

    /// <summary>Whether this process still holds the file open, where the system can tell.</summary>
    private static bool IsOpen(string path)
        => Directory.Exists("/proc/self/fd") && Directory.GetFiles("/proc/self/fd").Select(Target).Contains(path);

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
