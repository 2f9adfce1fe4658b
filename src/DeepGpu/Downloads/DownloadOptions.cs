namespace DeepGpu;

/// <summary>How far a download is.</summary>
/// <param name="Source">What is fetched.</param>
/// <param name="Received">Bytes so far.</param>
/// <param name="Total">Bytes announced; null where the server does not say.</param>
public readonly record struct DownloadProgress(Uri Source, long Received, long? Total);

/// <summary>How files are fetched. The system's proxy (HTTPS_PROXY, NO_PROXY) is used.</summary>
public sealed record DownloadOptions
{
    /// <summary>Whether nothing may be fetched: files must lie in the cache. Default: whether DEEPGPU_OFFLINE is 1 or true.</summary>
    public bool Offline { get; init; } = Environment.GetEnvironmentVariable("DEEPGPU_OFFLINE") is "1" or "true" or "True";

    /// <summary>Where files are fetched from instead of their publishers: the publisher's host and path follow this address.
    /// Default: DEEPGPU_MIRROR, else null. Hashes are checked all the same.</summary>
    public Uri? Mirror { get; init; } = Environment.GetEnvironmentVariable("DEEPGPU_MIRROR") is { Length: > 0 } mirror
        && Uri.TryCreate(mirror, UriKind.Absolute, out var address)
        ? address
        : null;

    /// <summary>How long a server may send nothing, above zero. Default 60 seconds.</summary>
    public TimeSpan StallTimeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw Require.OutOfRange(nameof(DownloadOptions), nameof(StallTimeout), "above zero", value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>Told as bytes arrive; null for none.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Whether http without encryption will do, for a mirror in a network of your own. Hashes are checked all the same.
    /// Default false.</summary>
    public bool AllowsPlainHttp { get; init; }

    /// <summary>The client that fetches, with its proxy, credentials and limits; it stays the caller's. Null for the one all downloads
    /// share, which looks at every redirection: no more than 5, and none to plain http. Default null.</summary>
    public HttpClient? Client { get; init; }
}
