using System.Text.Json;

namespace DeepGpu.Hardware.Tests.Catalog;

/// <summary>No figure without a source, no source that a reader cannot look up.</summary>
public class CatalogSourcesTests(ITestOutputHelper output)
{
    private static readonly string[] WithoutSource = ["name", "aliases", "vendor", "architecture", "segment", "sources", "conflicts"];

    private static readonly string[] Lists = ["gpus", "cpus", "support"];

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
            var name = Name(entry);
            var sources = entry.GetProperty("sources").EnumerateObject().ToDictionary(source => source.Name,
                source => source.Value.EnumerateArray().Select(field => field.GetString()!).ToList());
            var stated = entry.EnumerateObject().Select(field => field.Name).Except(WithoutSource)
                .Except(IsCard(entry) ? [] : ["computeCapability"]).ToList();
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

    [Fact]
    public void What_holds_for_a_compute_capability_is_stated_once()
    {
        var rows = Entries().Where(entry => !IsCard(entry)).ToDictionary(Name);
        var copies = Entries().Where(IsCard).SelectMany(card => card.EnumerateObject()
            .Where(field => field.Name is not ("computeCapability" or "sources")
                && card.TryGetProperty("computeCapability", out var capability)
                && rows.TryGetValue(capability.GetString()!, out var row) && row.TryGetProperty(field.Name, out var shared)
                && shared.ToString() == field.Value.ToString())
            .Select(field => $"{Name(card)}: {field.Name}"));
        copies.Should().BeEmpty();
        Entries().Where(IsCard).Select(card => card.TryGetProperty("computeCapability", out var capability) ? capability.GetString() : null)
            .OfType<string>().Distinct().Should().BeEquivalentTo(rows.Keys);
    }

    [Theory]
    [InlineData("GeForce GTX 1080", "12.9", 580, "2.14", null, false)]
    [InlineData("GeForce GTX TITAN X (Maxwell)", "12.9", 580, "2.14", "2.16", false)]
    [InlineData("Tesla K80", "11.8", 470, null, null, false)]
    [InlineData("GeForce RTX 3090", null, null, null, null, false)]
    [InlineData("A100 SXM4 80GB", null, null, null, null, true)]
    [InlineData("A800 PCIe 80GB", null, null, null, null, null)]
    public void A_card_has_what_holds_for_its_compute_capability(
        string name, string? toolkit, int? driver, string? torch, string? tensorFlow, bool? mig)
    {
        var card = GpuCatalog.Default.Find(name);
        (card.LastToolkit?.ToString(), card.LastDriverBranch, card.LastPyTorch?.ToString(), card.LastTensorFlow?.ToString(), card.HasMig)
            .Should().Be((toolkit, driver, torch, tensorFlow, mig));
        card.FirstToolkit.Should().NotBeNull();
        card.Sources["cuda-matrix"].Should().Contain("firstToolkit");
    }

    /// <summary>Whether an address with a host name stands in the text.</summary>
    private static bool HasAddress(string source)
        => source.Split(' ', ',', ';', '(', ')').Any(word => Uri.TryCreate(word, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" && address.Host.Contains('.', StringComparison.Ordinal));

    private static IEnumerable<JsonElement> Entries()
        => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "catalog")).Where(file => Path.GetFileName(file) != "catalog.json")
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)
            .SelectMany(root => root.EnumerateObject().Single(member => Lists.Contains(member.Name)).Value.EnumerateArray());

    private static bool IsCard(JsonElement entry) => entry.TryGetProperty("name", out _);

    private static string Name(JsonElement entry)
        => entry.GetProperty(IsCard(entry) ? "name" : "computeCapability").GetString()!;
}
