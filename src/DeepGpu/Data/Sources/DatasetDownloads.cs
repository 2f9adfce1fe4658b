using DeepGpu.Downloads;

namespace DeepGpu.Data;

/// <summary>The files of a built-in dataset.</summary>
/// <param name="name">The name of its folder in DEEPGPU_DATA/data and in the cache.</param>
/// <param name="source">The address that file names follow.</param>
/// <param name="options">How files are fetched.</param>
/// <param name="cancellation">Ends a download.</param>
internal sealed class DatasetDownloads(string name, string source, DownloadOptions? options, CancellationToken cancellation)
{
    /// <summary>The path of a file, fetched where it is nowhere.</summary>
    public string Find(string file, string md5)
        => Local(file) ?? Download.Fetch(new Uri(new Uri(source), file), Path.Combine(CacheFolder.Root, "datasets", name, file),
            PublishedHash.Md5(md5), options, cancellation);

    /// <summary>Images and labels for training, then for testing.</summary>
    public (Dataset Train, Dataset Test) Images((string File, string Md5)[] files)
    {
        var paths = files.Select(file => Find(file.File, file.Md5)).ToArray();
        return (DatasetFiles.FromIdx(paths[0], paths[1]), DatasetFiles.FromIdx(paths[2], paths[3]));
    }

    private string? Local(string file)
        => Environment.GetEnvironmentVariable("DEEPGPU_DATA") is { Length: > 0 } root
            && Path.Combine(root, "data", name, file) is var path && File.Exists(path)
            ? path
            : null;
}
