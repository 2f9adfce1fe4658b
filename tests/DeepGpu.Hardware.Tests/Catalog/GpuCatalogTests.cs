namespace DeepGpu.Hardware.Tests.Catalog;

public class GpuCatalogTests
{
    private static readonly GpuCatalog Built = GpuCatalog.Default;

    [Fact]
    public void It_has_the_cards_the_library_started_with()
    {
        string[] names = ["RTX 3090", "RTX 3080", "RTX 3070", "Titan V", "Tesla V100 SXM2 16GB", "RTX 2080 Ti", "RTX 2080", "RTX 2070",
            "RX 6800 XT", "RX 6800", "RX 6900 XT",
            "Radeon RX Vega 64", "Radeon RX Vega 56", "RTX 4090", "RTX 5090", "T4", "L4", "A100 PCIe 40GB", "H100 SXM5 80GB", "H200"];
        names.Select(Built.Find).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void No_name_or_alias_is_used_twice()
        => Built.Cards.SelectMany(card => card.Aliases.Prepend(card.Name)).Select(name => name.ToUpperInvariant())
            .Should().OnlyHaveUniqueItems();

    [Theory]
    [InlineData("GeForce RTX 3090", "GeForce RTX 3090")]
    [InlineData("rtx3090", "GeForce RTX 3090")]
    [InlineData("3090", "GeForce RTX 3090")]
    [InlineData("NVIDIA GeForce RTX 2080", "GeForce RTX 2080")]
    [InlineData("2080 ti", "GeForce RTX 2080 Ti")]
    [InlineData("vega 64", "Radeon RX Vega 64")]
    [InlineData("RTX 3080", "GeForce RTX 3080 10GB")]
    [InlineData("A100-SXM4-80GB", "A100 SXM4 80GB")]
    [InlineData("a100_80gb_sxm4", "A100 SXM4 80GB")]
    [InlineData("NVIDIA H100 80GB HBM3", "H100 SXM5 80GB")]
    [InlineData("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada")]
    [InlineData("Radeon Instinct MI300X", "Instinct MI300X")]
    [InlineData("Apple M3 Max", "M3 Max")]
    [InlineData("Google TPU v5e", "TPU v5e")]
    [InlineData("NVIDIA® GeForce® RTX™ 4090", "GeForce RTX 4090")]
    public void Lookup_forgives(string query, string name) => Built.Find(query).Name.Should().Be(name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest()
        => FluentActions.Invoking(() => Built.Find("rtx 5099")).Should().Throw<GpuNotFoundException>()
            .WithMessage($"GPU 'rtx 5099' is not in catalogue {Built.Version} ({Built.Cards.Length} cards). Nearest: 'GeForce RTX 5090'*. "
                + "Add your own with GpuCatalog.With(spec).");

    [Fact]
    public void An_ambiguous_name_is_refused_with_the_candidates()
        => FluentActions.Invoking(() => Built.Find("V100")).Should().Throw<GpuNotFoundException>()
            .Which.Candidates.Should().BeEquivalentTo("Tesla V100 SXM2 16GB", "Tesla V100 SXM2 32GB",
                "Tesla V100 PCIe 16GB", "Tesla V100 PCIe 32GB");

    [Fact]
    public void A_custom_card_can_be_added_and_found()
    {
        var own = Built.Find("RTX 3090") with { Name = "My Card", Aliases = [] };
        Built.With(own).Find("my card").Should().BeSameAs(own);
        Built.Cards.Should().NotContain(own);
    }

    [Fact]
    public void A_custom_card_replaces_the_one_of_its_name()
        => Built.With(Built.Find("RTX 3090") with { LaunchPrice = Money.FromDollars(700) }).Should()
            .Match<GpuCatalog>(c => c.Cards.Length == Built.Cards.Length && c.Find("RTX 3090").LaunchPrice == Money.FromDollars(700));

    [Fact]
    public void A_card_with_impossible_figures_is_refused_with_card_and_field()
        => FluentActions.Invoking(() =>
            Built.With(Built.Find("RTX 3090") with { Bandwidth = Bandwidth.FromGigabytesPerSecond(double.NaN) }))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage(
                "'bandwidthGBs' must be a number, but is the text 'NaN' (card 'GeForce RTX 3090'). Write the value in JSON's own type.");

    [Fact]
    public void It_can_be_queried_by_linq()
        => Built.Cards.Where(card => card.Vram.Gibibytes >= 24 && card.LaunchPrice < Money.FromDollars(1000)).Select(card => card.Name)
            .Should().Contain("Radeon RX 7900 XTX").And.NotContain("GeForce RTX 3090");

    [Fact]
    public void A_processor_is_found_as_cards_are()
    {
        Built.FindCpu("epyc 9654").Cores.Should().Be(96);
        FluentActions.Invoking(() => Built.FindCpu("Pentium")).Should().Throw<GpuNotFoundException>();
    }

    [Fact]
    public void A_format_the_card_lacks_is_computed_in_a_wider_one()
    {
        var (pascal, turing, vega) = (Built.Find("GTX 1080 Ti"), Built.Find("RTX 2080 Ti"), Built.Find("RX Vega 64"));
        pascal.RateAt(NumberFormat.Float16).Should().Be(pascal.Float32Rate);
        turing.RateAt(NumberFormat.BFloat16).Should().Be(turing.Float32Rate);
        turing.RateAt(NumberFormat.Float16).Should().Be(turing.Float16MatrixRate);
        vega.RateAt(NumberFormat.Float16).Should().Be(vega.Float16VectorRate);
        (turing.Supports(NumberFormat.BFloat16), turing.Supports(NumberFormat.Int8), vega.Supports(NumberFormat.TensorFloat32)).Should()
            .Be((false, true, false));
    }

    [Fact]
    public async Task What_list_prints_follows_the_schema() => await Schemas.ShouldDescribe("gpu-list", Built.ToJson());

    [Fact]
    public async Task The_schema_names_the_fields_that_are_read()
    {
        var schema = await Schemas.Load("gpu-card");
        schema.Properties.Keys.Should().Equal(GpuFields.All.Select(field => field.Name));
        schema.RequiredProperties.Should().BeEquivalentTo(GpuFields.All.Where(field => field.IsRequired).Select(field => field.Name));
    }
}
