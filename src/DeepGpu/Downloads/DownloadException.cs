namespace DeepGpu;

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

    internal static DownloadException Stalled(Uri source, TimeSpan limit) => new(new(
        "download_stalled",
        $"{source} must keep sending,",
        FormattableString.Invariant($"but sent nothing for {limit.TotalSeconds:0.#} s."),
        "Try again, or raise DownloadOptions.StallTimeout."));

    internal static DownloadException WrongLength(Uri source, long expected, long actual) => new(new(
        "download_length",
        $"{source} must send the {expected} bytes it announced,",
        $"but sent {actual}.",
        "Try again; if it repeats, a server between is at fault."));

    internal static DownloadException Offline(Uri source, string path) => new(new(
        "offline",
        $"{source} is needed,",
        "but downloads are switched off.",
        $"Unset DEEPGPU_OFFLINE and DownloadOptions.Offline, or put the file into {Path.GetDirectoryName(path)}."));

    internal static DownloadException NotSecure(Uri address) => new(new(
        "not_https",
        "Files are fetched over https only, redirections included,",
        $"but the address is {address}.",
        "Use a mirror that serves https."));

    internal static DownloadException Redirects(Uri source)
        => new(new("too_many_redirects", $"{source} may redirect a few times,", "but does so without end.", "Use a mirror."));

    internal static DownloadException UnsafeName(Uri source) => new(new(
        "unsafe_name",
        "A file is kept under the last part of its address, which must be a plain name on every system,",
        $"but the address is '{StrictJson.Printable(source.OriginalString)}'.",
        "Fetch the file yourself and give its path."));

    internal static DownloadException NotWritable(string path, Exception inner) => new(
        new(
            "cache_not_writable",
            $"The file must be kept at {path},",
            $"but cannot be written: {inner.Message}",
            "Make room there, or name another folder with DEEPGPU_CACHE."),
        inner);
}
