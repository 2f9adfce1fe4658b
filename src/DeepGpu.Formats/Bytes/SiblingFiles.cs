namespace DeepGpu.Formats;

/// <summary>Finds files that a file names beside itself.</summary>
internal static class SiblingFiles
{
    private const string Here = "./";

    /// <summary>The path of a named file, which must lie in the folder of the file that names it; "./" before a name says just that.
    /// </summary>
    /// <exception cref="ModelFormatException">The name climbs, is absolute or a URL, or no such file is there.
    /// Nothing was opened.</exception>
    public static string Find(string owner, string name, Refusals refusals)
    {
        var plain = name.StartsWith(Here, StringComparison.Ordinal) ? name[Here.Length..] : name;
        if (!RelativeNames.IsSafeOnDisk(plain))
            throw refusals.Because("path_escape", "A file may name files in its own folder,",
                $"but names '{StrictJson.Printable(name)}', which was not opened.", name);
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(owner))!, plain);
        return File.Exists(path)
            ? path
            : throw refusals.Because("missing_shard", "Every file that is named must be there,",
                $"but '{StrictJson.Printable(name)}' is not.", name, help: "Download the missing file into the same folder.");
    }
}
