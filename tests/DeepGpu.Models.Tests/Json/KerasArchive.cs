using System.IO.Compression;

namespace DeepGpu.Models.Tests.Json;

/// <summary>A .keras file: a zip with the description in config.json.</summary>
internal static class KerasArchive
{
    public static string Config(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        return reader.ReadToEnd();
    }
}
