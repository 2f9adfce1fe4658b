using System.Security.Cryptography;

namespace DeepGpu;

/// <summary>The hash a file must have, as its publisher states it.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Hex">The hash in lower-case hexadecimal, or its first digits.</param>
internal readonly record struct PublishedHash(HashAlgorithmName Algorithm, string Hex)
{
    public static PublishedHash Md5(string hex) => new(HashAlgorithmName.MD5, hex);

    public string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(CryptographicOperations.HashData(Algorithm, stream))[..Hex.Length];
    }
}

/// <summary>Fetches a file into the cache: to a unique temporary name, checked against its hash, then renamed.</summary>
internal static class Download
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>The path of the file in the cache, fetched if it is not there or has another hash.</summary>
    /// <exception cref="DownloadException">It cannot be fetched, or what came has another hash.</exception>
    public static string Fetch(Uri source, string path, PublishedHash hash)
    {
        if (File.Exists(path) && hash.Of(path) == hash.Hex) return path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Receive(source, temporary);
            if (hash.Of(temporary) is var actual && actual != hash.Hex) throw DownloadException.WrongHash(source, hash, actual);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Receive(Uri source, string path)
    {
        try
        {
            using var response = Client.Send(new(HttpMethod.Get, source), HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            using var file = new FileStream(path, FileMode.CreateNew);
            response.Content.ReadAsStream().CopyTo(file);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            throw DownloadException.Unreachable(source, path, e);
        }
    }
}

/// <summary>A file could not be fetched, or is not the one its publisher describes. Nothing of it is kept.</summary>
public sealed class DownloadException : DeepGpuException
{
    private DownloadException(Fault fault, Exception? inner = null)
        : base(fault, inner)
    {
    }

    internal static DownloadException WrongHash(Uri source, PublishedHash expected, string actual) => new(new(
        "hash_mismatch",
        $"{source} must have {expected.Algorithm.Name} {expected.Hex},",
        $"but what came has {actual}.",
        "Try again; if it repeats, the file was replaced or the connection is tampered with."));

    internal static DownloadException Unreachable(Uri source, string path, Exception inner) => new(
        new(
            "download_failed",
            $"{source} is needed,",
            $"but cannot be fetched: {inner.Message}",
            $"Connect to the network, or put the file into {Path.GetDirectoryName(path)}."),
        inner);
}
