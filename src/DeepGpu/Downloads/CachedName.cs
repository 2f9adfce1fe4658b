namespace DeepGpu;

/// <summary>The name under which a downloaded file is kept: the last part of its address,
/// if that stays in its folder on every operating system.</summary>
internal static class CachedName
{
    private const int MaxLength = 200;
    private const string Forbidden = "<>:\"/\\|?*";

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    /// <exception cref="DownloadException">It would leave the folder, or is none that every system can keep.</exception>
    public static string Of(Uri source)
    {
        var name = source.IsAbsoluteUri ? Uri.UnescapeDataString(source.Segments[^1]) : "";
        return IsSafe(name) ? name : throw DownloadException.UnsafeName(source);
    }

    private static bool IsSafe(string name)
        => name.Length is > 0 and <= MaxLength && !name.Any(c => char.IsControl(c) || Forbidden.Contains(c)) && name[^1] is not ('.' or ' ')
            && !Devices.Contains(name.Split('.')[0].TrimEnd());
}
