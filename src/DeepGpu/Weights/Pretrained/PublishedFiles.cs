using System.Security.Cryptography;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Published weight files, kept in the cache.</summary>
public static class PublishedFiles
{
    /// <summary>The path of a published file in the cache; fetched if it is not there or its hash is another.</summary>
    /// <param name="weights">The file, from <see cref="Application.Published"/>.</param>
    /// <exception cref="DownloadException">It cannot be fetched, or what came has another hash.</exception>
    public static string Fetch(PublishedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var algorithm = weights.HashKind == PublishedHashKind.Md5 ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256;
        return Download.Fetch(weights.Source, Path.Combine(CacheFolder.Root, "weights", weights.FileName), new(algorithm, weights.Hash));
    }
}
