namespace DeepGpu.Formats.Bytes;

/// <summary>Names of files inside a file: they must stay where they are, on every operating system.</summary>
internal static class RelativeNames
{
    private const int MaxLength = 1024;

    /// <summary>Whether a name is relative, uses forward slashes, and has no part that climbs or means something
    /// else on some system.</summary>
    public static bool IsSafe(string name)
        => name.Length is > 0 and <= MaxLength && !name.Any(IsUnsafe) && !HasDrive(name)
            && name.TrimEnd('/').Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Whether a name may be looked up on disk: safe, and without the colon of a URL, a drive or a stream.</summary>
    public static bool IsSafeOnDisk(string name) => IsSafe(name) && !name.Contains(':') && !name.EndsWith('/');

    private static bool IsUnsafe(char c) => c == '\\' || char.IsControl(c);

    private static bool HasDrive(string name) => name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]);
}
