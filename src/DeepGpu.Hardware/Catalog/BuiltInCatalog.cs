using System.Reflection;
using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>The catalogue's files inside this assembly, read as strictly as anybody's.</summary>
internal static class BuiltInCatalog
{
    private const string Folder = "catalog/";

    private static readonly string[] OtherFiles = [Folder + "catalog.json", Folder + "cpus.json", Folder + "support.json"];

    private static readonly string[] PriceFiles = ["prices/prices.json", "prices/rents.json"];

    private static readonly Assembly Home = typeof(GpuCatalog).Assembly;

    public static GpuCatalog Load()
    {
        using var header = Read("catalog.json");
        using var cpus = Read("cpus.json");
        using var support = Read("support.json");
        var table = new SupportTable(support.RootElement);
        var version = header.RootElement.GetProperty("version").GetString()!;
        var sources = header.RootElement.GetProperty("sources")
            .EnumerateObject().ToDictionary(source => source.Name, source => source.Value.GetString()!);
        return new(version, [.. CardFiles().SelectMany(Cards).Select(table.Complete)],
            [.. cpus.RootElement.GetProperty("cpus").EnumerateArray().Select(CpuFields.Reader.Read)], sources, Prices);
    }

    private static GpuPrices Prices(GpuCatalog catalog) => PriceFiles.Aggregate(
        GpuPrices.None,
        (prices, file) => prices.With(GpuPriceFile.Parse(Resource(file), file, catalog, DateOnly.MaxValue)));

    private static IEnumerable<string> CardFiles() => Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !OtherFiles.Contains(name))
        .Order(StringComparer.Ordinal)
        .Select(name => name[Folder.Length..]);

    private static IReadOnlyList<GpuSpec> Cards(string file) => GpuCatalogFile.Parse(Bytes(file), file).RequireEveryEntry().Cards;

    private static JsonDocument Read(string file) => GpuCatalogFile.Document(Bytes(file));

    private static byte[] Bytes(string file) => Resource(Folder + file);

    private static byte[] Resource(string name)
    {
        using var stream = Home.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
