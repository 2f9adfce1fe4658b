using System.Text;

namespace DeepGpu.Hardware.Tests.Catalog;

public class GpuCatalogFileTests
{
    private const string Good = """{"name": "My Card", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512.5,"""
        + """ "tdpWatts": 200, "fp32Tflops": 20}""";

    [Fact]
    public void Custom_cards_are_read()
    {
        var card = Parse(Good).Cards.Single();
        card.Should().BeEquivalentTo(new
        {
            Name = "My Card",
            Vendor = GpuVendor.Amd,
            Architecture = "Own",
            Segment = (GpuSegment?)null,
            Tdp = (Power?)Power.FromWatts(200)
        });
        card.Vram.Should().Be(ByteSize.FromGibibytes(16));
        card.Bandwidth.GigabytesPerSecond.Should().Be(512.5);
    }

    [Fact]
    public void The_spellings_of_other_catalogues_are_read()
    {
        var card = Parse("""{"name": "NVIDIA H200", "vendor": "NVIDIA", "architecture": "Hopper", "memoryGiB": 141,"""
            + """ "memoryBandwidthGBs": 4800, "fp32Tflops": 67, "tdpWatts": 700, "releaseYear": 2024}""")
            .Cards.Single();
        card.Vram.Gibibytes.Should().Be(141);
        card.Bandwidth.GigabytesPerSecond.Should().Be(4800);
        card.ReleaseYear.Should().Be(2024);
        card.ReleaseDate.Should().BeNull();
    }

    [Fact]
    public void What_is_written_is_read_again_and_follows_the_schema()
    {
        var json = $$"""{"schemaVersion": 1, "gpus": {{GpuCatalog.Default.ToJson()}}}""";
        var file = GpuCatalogFile.Parse(Encoding.UTF8.GetBytes(json)).RequireEveryEntry();
        GpuCatalog.ToJson(file.Cards).Should().Be(GpuCatalog.Default.ToJson());
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("{", "not_json")]
    [InlineData("[]", "wrong_field_type")]
    [InlineData("null", "wrong_field_type")]
    [InlineData("""{"gpus": {}}""", "wrong_field_type")]
    [InlineData("""{"schemaVersion": 1}""", "missing_field")]
    [InlineData("""{"schemaVersion": 2, "gpus": []}""", "unsupported_version")]
    [InlineData("""{"schemaVersion": "1", "gpus": []}""", "wrong_field_type")]
    [InlineData("""{"gpus": [], "gpus": []}""", "duplicate_name")]
    [InlineData("""{"gpus": [], "cards": []}""", "unknown_field")]
    [InlineData("""{"gpus": []} x""", "not_json")]
    public void A_broken_file_is_refused_as_a_whole(string json, string code)
        => FluentActions.Invoking(() => GpuCatalogFile.Parse(Encoding.UTF8.GetBytes(json), "own.json"))
            .Should().Throw<ModelFormatException>()
            .Where(e => e.Fault.Code == code && e.File == "own.json");

    [Theory]
    [InlineData("null", "wrong_field_type")]
    [InlineData("[]", "wrong_field_type")]
    [InlineData("{}", "missing_field")]
    [InlineData("""{"vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "missing_field")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": "16", "bandwidthGBs": 512}""", "wrong_field_type")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": null, "bandwidthGBs": 512}""", "wrong_field_type")]
    [InlineData("""{"name": 7, "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "wrong_field_type")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 0, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": -16, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 1e999, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 16384, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "Acme", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "1", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X\u001b[31m", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "bad_value")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512, "releaseYear": 2024.5}""",
        "wrong_field_type")]
    [InlineData(
        """{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512, "releaseDate": "24.12.2024"}""",
        "bad_value")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "memoryGiB": 16, "bandwidthGBs": 512}""",
        "duplicate_name")]
    [InlineData("""{"name": "X", "vendor": "AMD", "architecture": "Own", "vramGib": 16, "bandwidthGBs": 512}""", "unknown_field")]
    [InlineData("""{"name": "my card", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""", "duplicate_name")]
    public void A_bad_entry_is_refused_and_the_others_are_read(string entry, string code)
    {
        var file = Parse(Good, entry, Good.Replace("My Card", "Another", StringComparison.Ordinal));
        file.Cards.Select(card => card.Name).Should().Equal("My Card", "Another");
        file.Refused.Should().ContainSingle().Which.Should()
            .Match<RefusedGpuEntry>(refused => refused.Index == 1 && refused.Reason.Fault.Code == code);
        file.EntryCount.Should().Be(3);
        FluentActions.Invoking(file.RequireEveryEntry)
            .Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == code && e.Entry!.StartsWith("gpus[1]"));
    }

    [Fact]
    public void The_text_names_field_value_remedy_file_and_entry()
        => Parse(Good.Replace("16", "-16", StringComparison.Ordinal)).Refused.Single().Reason.Message.Should()
            .Be("'vramGiB' must be above 0 and at most 2047, but is -16. Correct the value; a quantity's unit is in its field's name. "
                + "[own.json, entry 'gpus[0] My Card']");

    [Fact]
    public void A_misspelled_field_suggests_the_near_one()
        => Parse(Good.Replace("vramGiB", "vramGib", StringComparison.Ordinal)).Refused.Single().Reason.Fault.ToString().Should()
            .Be("An entry may only have the fields of the schema, but has 'vramGib'. Did you mean 'vramGiB'?");

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Reading_and_writing_do_not_depend_on_the_culture(string culture)
    {
        var (invariant, before) = (GpuCatalog.ToJson(GpuCatalog.Default.Find("RTX 3090")), System.Globalization.CultureInfo.CurrentCulture);
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new(culture);
            GpuCatalog.ToJson(GpuCatalog.Default.Find("rtx 3090")).Should().Be(invariant);
            GpuCatalog.Default.Find("INSTINCT MI210").Name.Should().Be("Instinct MI210");
            Parse(Good.Replace("AMD", "INTEL", StringComparison.Ordinal)).Cards.Single().Should()
                .Match<GpuSpec>(card => card.Vendor == GpuVendor.Intel && card.Bandwidth.GigabytesPerSecond == 512.5);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_changed_at_random_is_read_or_refused_but_never_fails_otherwise()
    {
        const int seed = 20261124;
        var random = new Random(seed);
        var original = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion": 1, "gpus": [{{GpuCatalog.ToJson(GpuCatalog.Default.Find("RTX 3090"))}}, {{Good}}]}""");
        for (var round = 0; round < 5000; round++)
        {
            var bytes = Mutation.Of(original, random);
            FluentActions.Invoking(() => Survive(bytes)).Should().NotThrow($"seed {seed}, round {round}");
        }
    }

    private static void Survive(byte[] bytes)
    {
        try
        {
            var file = GpuCatalogFile.Parse(bytes);
            file.EntryCount.Should().Be(file.Cards.Count + file.Refused.Count);
        }
        catch (ModelFormatException)
        {
            // Refused: what a damaged file deserves.
        }
    }

    private static GpuCatalogFile Parse(params string[] entries)
        => GpuCatalogFile.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion": 1, "gpus": [{{string.Join(",", entries)}}]}"""), "own.json");
}
