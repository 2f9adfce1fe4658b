namespace DeepGpu.Distributed.Tests;

/// <summary>All trainings with one process and with several, run once for all tests.</summary>
public sealed class CaseRuns : IDisposable
{
    private readonly Dictionary<int, string> _folders = [];

    /// <summary>The folder with what a number of processes wrote.</summary>
    internal string With(int processes)
    {
        if (_folders.TryGetValue(processes, out var known)) return known;
        var folder = Directory.CreateTempSubdirectory("deepgpu-ranks").FullName;
        var ended = MpiRun.Start(processes == 1 ? null : processes, "cases", folder);
        ended.ExitCode.Should().Be(0, ended.Text);
        return _folders[processes] = folder;
    }

    public void Dispose()
    {
        foreach (var folder in _folders.Values) Directory.Delete(folder, recursive: true);
    }
}
