using System.Security.Cryptography;

namespace DeepGpu.Tests.Data;

/// <summary>A folder to download a file into, and the file as it should be.</summary>
public abstract class DownloadFolder : IDisposable
{
    private protected static readonly byte[] Good = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private protected static readonly PublishedHash Hash = new(HashAlgorithmName.SHA256, Convert.ToHexStringLower(SHA256.HashData(Good)));
    private protected static readonly DownloadOptions Options =
        new() { AllowsPlainHttp = true, Offline = false, Mirror = null, StallTimeout = TimeSpan.FromMilliseconds(500) };

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("deepgpu-download").FullName;

    private protected string Target => Path.Combine(Folder, "cache", "file.bin");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static string Code(Action action) => action.Should().Throw<DownloadException>().Which.Fault.Code;

    private protected string Fetch(HostileServer server) => Download.Fetch(server.Address, Target, Hash, Options);
}
