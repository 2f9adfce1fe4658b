namespace DeepGpu.Hardware.Tests.Catalog;

public class GpuCatalogTests
{
    private static readonly GpuCatalog Built = GpuCatalog.Default;

    [Fact]
    public void It_has_the_cards_the_library_started_with()
    {
        string[] names = ["RTX 3090", "RTX 3080", "RTX 3070", "Titan V", "Tesla V100 SXM2 16GB", "RTX 2080 Ti", "RTX 2080", "RTX 2070", "RX 6800 XT", "RX 6800", "RX 6900 XT",
            "Radeon RX Vega 64", "Radeon RX Vega 56", "RTX 4090", "RTX 5090", "T4", "L4", "A100 PCIe 40GB", "H100 SXM5 80GB", "H200"];
        names.Select(Built.Find).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_fact_has_a_source_that_the_catalogue_explains()
    {
        foreach (var card in Built.Cards)
        {
            card.Sources.Keys.Should().BeSubsetOf(Built.Sources.Keys, card.Name);
            card.Sources.Values.SelectMany(fields => fields).Should().Contain(["vramGiB", "bandwidthGBs", "tdpWatts", "fp32Tflops"], card.Name);
        }
    }

    [Fact]
    public void No_name_or_alias_is_used_twice()
        => Built.Cards.SelectMany(card => card.Aliases.Prepend(card.Name)).Select(name => name.ToUpperInvariant()).Should().OnlyHaveUniqueItems();

    [Theory]
    [InlineData("GeForce RTX 3090", "GeForce RTX 3090")]
    [InlineData("rtx3090", "GeForce RTX 3090")]
    [InlineData("3090", "GeForce RTX 3090")]
    [InlineData("NVIDIA GeForce RTX 2080", "GeForce RTX 2080")]
    [InlineData("2080 ti", "GeForce RTX 2080 Ti")]
    [InlineData("vega 64", "Radeon RX Vega 64")]
    public void Lookup_forgives(string query, string name) => Built.Find(query).Name.Should().Be(name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest()
        => FluentActions.Invoking(() => Built.Find("rtx 5099")).Should().Throw<GpuNotFoundException>()
            .WithMessage($"GPU 'rtx 5099' is not in catalogue {Built.Version} ({Built.Cards.Length} cards). Nearest: 'GeForce RTX 5090'*. Add your own with GpuCatalog.With(spec).");

    [Fact]
    public void An_ambiguous_name_is_refused_with_the_candidates()
        => FluentActions.Invoking(() => Built.Find("V100")).Should().Throw<GpuNotFoundException>()
            .Which.Candidates.Should().BeEquivalentTo("Tesla V100 SXM2 16GB", "Tesla V100 SXM2 32GB", "Tesla V100 PCIe 16GB");

    [Fact]
    public void A_card_of_ones_own_can_be_added_and_found()
    {
        var own = Built.Find("RTX 3090") with { Name = "My Card", Aliases = [] };
        Built.With(own).Find("my card").Should().BeSameAs(own);
        Built.Cards.Should().NotContain(own);
    }
}
