namespace DeepGpu.Formats.Tests;

/// <summary>A folder of its own for a test, deleted with all that is in it: which fails where a file is still open.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("deepgpu-formats-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public string Write(string name, Action<Stream> write)
    {
        AtomicFile.Write(File(name), write);
        return File(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
