using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>Fetches a file into the cache: to a unique temporary name, checked against its hash, then renamed.
/// A cut download begins again.</summary>
internal static class Download
{
    private const int MaxRedirects = 5;

    private static readonly TimeSpan LeftOver = TimeSpan.FromHours(1);

    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) })
    {
        Timeout = Timeout.InfiniteTimeSpan
    };

    /// <summary>The path of the file in the cache, fetched if it is not there or has another hash.</summary>
    /// <exception cref="DownloadException">It cannot be fetched or kept, or what came has another hash.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Fetch(Uri source, string path, PublishedHash hash, DownloadOptions? options = null,
        CancellationToken cancellation = default)
        => FetchAsync(source, path, hash, options ?? new(), cancellation).GetAwaiter().GetResult();

    private static async Task<string> FetchAsync(Uri source, string path, PublishedHash hash, DownloadOptions options,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (File.Exists(path) && hash.Of(path) == hash.Hex) return path;
        if (options.Offline) throw DownloadException.Offline(source, path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        using var file = Create(temporary, path);
        try
        {
            await ReceiveAsync(Address(source, options), file, path, options, cancellation).ConfigureAwait(false);
            file.Dispose();
            if (hash.Of(temporary) is var actual && actual != hash.Hex) throw DownloadException.WrongHash(source, hash, actual);
            Keep(temporary, path);
            return path;
        }
        finally
        {
            file.Dispose();
            File.Delete(temporary);
        }
    }

    private static Uri Address(Uri source, DownloadOptions options)
        => options.Mirror is { } mirror ? new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{source.Host}{source.AbsolutePath}") : source;

    /// <summary>The temporary file. What a killed process left behind is removed.</summary>
    private static FileStream Create(string temporary, string path)
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
            PrivateFiles.CreateFolder(folder.FullName);
            foreach (var old in folder.EnumerateFiles($"{Path.GetFileName(path)}.*.tmp")
                .Where(old => DateTime.UtcNow - old.LastWriteTimeUtc > LeftOver))
                old.Delete();
            return PrivateFiles.Open(temporary, FileMode.CreateNew, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadException.NotWritable(path, e);
        }
    }

    private static void Keep(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadException.NotWritable(path, e);
        }
    }

    private static async Task ReceiveAsync(Uri address, FileStream file, string path, DownloadOptions options,
        CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            stall.CancelAfter(options.StallTimeout);
            using var response = await RequestAsync(address, options, stall.Token).ConfigureAwait(false);
            using var content = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            await CopyAsync(address, content, response.Content.Headers.ContentLength, file, path, options, stall).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw DownloadException.Stalled(address, options.StallTimeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw DownloadException.Unreachable(address, path, e);
        }
    }

    /// <summary>The answer, after redirections: each is looked at before it is followed.</summary>
    private static async Task<HttpResponseMessage> RequestAsync(Uri address, DownloadOptions options, CancellationToken cancellation)
    {
        var next = address;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (next.Scheme != Uri.UriSchemeHttps && !(options.AllowsPlainHttp && next.Scheme == Uri.UriSchemeHttp))
                throw DownloadException.NotSecure(next);
            var response = await (options.Client ?? Client).GetAsync(next, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
            if ((int)response.StatusCode is < 300 or > 399 || response.Headers.Location is not { } location)
                return response.EnsureSuccessStatusCode();
            response.Dispose();
            next = new Uri(next, location);
        }

        throw DownloadException.Redirects(address);
    }

    private static async Task CopyAsync(Uri address, Stream content, long? announced, FileStream file, string path, DownloadOptions options,
        CancellationTokenSource stall)
    {
        var (buffer, received) = (new byte[1 << 16], 0L);
        while (await content.ReadAsync(buffer, stall.Token).ConfigureAwait(false) is > 0 and var count)
        {
            stall.CancelAfter(options.StallTimeout);
            Write(file, buffer.AsSpan(0, count), path);
            received += count;
            options.Progress?.Report(new(address, received, announced));
        }

        if (announced is { } length && received != length) throw DownloadException.WrongLength(address, length, received);
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            file.Write(bytes);
        }
        // the latter is .NET's for a file larger than the file system or a limit allows
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            throw DownloadException.NotWritable(path, e);
        }
    }
}
