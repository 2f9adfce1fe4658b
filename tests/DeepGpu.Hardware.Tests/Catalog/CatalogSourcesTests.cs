using System.Text.Json;

namespace DeepGpu.Hardware.Tests.Catalog;

/// <summary>No figure without a source, no source that a reader cannot look up.</summary>
public class CatalogSourcesTests(ITestOutputHelper output)
{
    private static readonly string[] WithoutSource = ["name", "aliases", "vendor", "architecture", "segment", "sources", "conflicts"];

    [Fact]
    public void Every_source_says_where_it_can_be_looked_up()
    {
        var sources = GpuCatalog.Default.Sources;
        sources.Where(source => !HasAddress(source.Value)).Select(source => source.Key)
            .Should().BeEmpty("a source without an address cannot be checked");
        sources.Should().NotContain(source => source.Value.Contains("by hand", StringComparison.OrdinalIgnoreCase)
            || source.Value.Contains("from memory", StringComparison.OrdinalIgnoreCase));
        output.WriteLine($"{sources.Count} sources");
    }

    [Theory]
    [InlineData("NVIDIA data sheets, entered by hand", false)]
    [InlineData("Product pages, https://", false)]
    [InlineData("Product pages, https://nowhere", false)]
    [InlineData("Product pages, https://www.example.com/gpus", true)]
    public void A_vague_source_is_recognised(string source, bool hasAddress) => HasAddress(source).Should().Be(hasAddress);

    [Fact]
    public void Every_figure_of_a_card_or_processor_names_sources_that_the_catalogue_explains()
    {
        var figures = 0;
        foreach (var entry in Entries())
        {
            var name = entry.GetProperty("name").GetString()!;
            var sources = entry.GetProperty("sources").EnumerateObject().ToDictionary(source => source.Name,
                source => source.Value.EnumerateArray().Select(field => field.GetString()!).ToList());
            var stated = entry.EnumerateObject().Select(field => field.Name).Except(WithoutSource).ToList();
            sources.Keys.Should().BeSubsetOf(GpuCatalog.Default.Sources.Keys, name);
            sources.Values.Should().AllSatisfy(fields => fields.Should().NotBeEmpty(name).And.OnlyHaveUniqueItems(name));
            sources.Values.SelectMany(fields => fields).Distinct().Should().BeEquivalentTo(stated, name);
            figures += stated.Count;
        }

        output.WriteLine($"{figures} figures of {Entries().Count()} entries");
    }

    [Fact]
    public void Every_source_is_used()
        => Entries().SelectMany(entry => entry.GetProperty("sources").EnumerateObject().Select(source => source.Name))
            .Distinct().Should().BeEquivalentTo(GpuCatalog.Default.Sources.Keys);

    /// <summary>Whether an address with a host name stands in the text.</summary>
    private static bool HasAddress(string source)
        => source.Split(' ', ',', ';', '(', ')').Any(word => Uri.TryCreate(word, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" && address.Host.Contains('.', StringComparison.Ordinal));

    private static IEnumerable<JsonElement> Entries()
        => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "catalog")).Where(file => Path.GetFileName(file) != "catalog.json")
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)
            .SelectMany(root => (root.TryGetProperty("gpus", out var cards) ? cards : root.GetProperty("cpus")).EnumerateArray());
}
