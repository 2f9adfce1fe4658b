using System.Security.Cryptography;
using DeepGpu.Downloads;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Published weight files, kept in the cache.</summary>
public static class PublishedFiles
{
    private const int FewestDigits = 8;

    /// <summary>The path of a published file in the cache; fetched if it is not there or its hash is another.</summary>
    /// <param name="weights">The file, from <see cref="Application.Published"/>.</param>
    /// <param name="options">How it is fetched; null for the environment's defaults.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <exception cref="DownloadException">It cannot be fetched, its name is none that can be kept,
    /// or what came has another hash.</exception>
    /// <exception cref="DeepGpuArgumentException">The hash is none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Fetch(PublishedWeights weights, DownloadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var path = Path.Combine(CacheFolder.Root, "weights", CachedName.Of(weights.Source));
        return Download.Fetch(weights.Source, path, HashOf(weights), options, cancellation);
    }

    /// <summary>A hash too short would pass for any file.</summary>
    private static PublishedHash HashOf(PublishedWeights weights)
    {
        var (algorithm, digits) = weights.HashKind == PublishedHashKind.Md5 ? (HashAlgorithmName.MD5, 32) : (HashAlgorithmName.SHA256, 64);
        var isHash = weights.Hash.Length <= digits
            && weights.Hash.Length >= (weights.HashKind == PublishedHashKind.Sha256Prefix ? FewestDigits : digits)
            && weights.Hash.All(char.IsAsciiHexDigitLower);
        return isHash ? new(algorithm, weights.Hash) : throw Require.OutOfRange(nameof(PublishedFiles), nameof(weights.Hash),
            $"{algorithm.Name} in {digits} lower-case hexadecimal digits, or at least {FewestDigits} of them as a prefix", weights.Hash);
    }
}
