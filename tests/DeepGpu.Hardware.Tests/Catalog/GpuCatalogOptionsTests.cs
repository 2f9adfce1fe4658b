using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware.Tests.Catalog;

public sealed class GpuCatalogOptionsTests : IDisposable
{
    private const string Good = """{"name": "My Card", "vendor": "AMD", "architecture": "Own", "vramGiB": 16, "bandwidthGBs": 512}""";

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_custom_file_is_added_to_the_built_in_cards()
    {
        Write(Good);
        var catalog = GpuCatalogFactory.Create(new() { Files = { _file } });
        catalog.Find("my card").Vram.Gibibytes.Should().Be(16);
        catalog.Cards.Length.Should().Be(GpuCatalog.Default.Cards.Length + 1);
    }

    [Fact]
    public void Custom_cards_can_stand_alone()
        => GpuCatalogFactory.Create(new() { IncludeBuiltIn = false, Cards = { GpuCatalog.Default.Find("RTX 3090") } })
            .Cards.Should().ContainSingle();

    [Fact]
    public void An_entry_that_cannot_be_read_stops_the_catalogue_with_file_entry_and_field()
    {
        Write(Good, Good.Replace("16", "0", StringComparison.Ordinal).Replace("My Card", "Bad", StringComparison.Ordinal));
        FluentActions.Invoking(() => GpuCatalogFactory.Create(new() { Files = { _file } })).Should().Throw<ModelFormatException>()
            .Which.Message.Should().Be("'vramGiB' must be above 0 and at most 2047, but is 0. Correct the value; a quantity's unit is in "
                + $"its field's name. [{_file}, entry 'gpus[1] Bad']");
    }

    [Fact]
    public void An_entry_that_cannot_be_read_is_logged_and_left_out_if_one_says_so()
    {
        Write(Good, "null");
        var log = new ListLogger<GpuCatalog>();
        var catalog = GpuCatalogFactory.Create(new() { Files = { _file }, RefusedEntries = RefusedEntryPolicy.LogAndSkip }, log);
        catalog.Cards.Length.Should().Be(GpuCatalog.Default.Cards.Length + 1);
        log.Lines.Should().ContainSingle().Which.Should()
            .Be($"{_file}: entry 1 (no name) was left out. 'entry' must be an object, but is null. Write the value in JSON's own type.");
    }

    /// <summary>RELIABILITY2 section 4 D: names of files and cards in a log are shown as escapes.</summary>
    [Fact]
    public void A_files_name_and_a_cards_name_cannot_forge_a_line_of_the_log()
    {
        var (file, log) = (_file + "\u001b[2J\nforged: \u202e", new ListLogger<GpuCatalog>());
        File.WriteAllText(file, """{"schemaVersion": 1, "gpus": [{"name": "x\u001b[2J\nforged: \u202e"}]}""");
        GpuCatalogFactory.Create(new() { Files = { file }, RefusedEntries = RefusedEntryPolicy.LogAndSkip }, log);
        File.Delete(file);
        log.Lines.Should().ContainSingle().Which
            .Should().Contain("\\u001b[2J\\u000aforged: \\u202e: entry 0 (x\\u001b[2J\\u000aforged: \\u202e) was left out.")
            .And.NotContain("\u001b").And.NotContain("\n").And.NotContain("\u202e");
    }

    [Fact]
    public void Faults_of_the_options_are_listed_together()
    {
        var options = new GpuCatalogOptions
        {
            Files = { "/nowhere/cards.json" },
            Cards = { GpuCatalog.Default.Find("RTX 3090") with { Vram = ByteSize.Zero } }
        };
        new GpuCatalogOptionsValidator().Validate(null, options).Failures.Should().Equal(
            "A catalogue file must exist, but '/nowhere/cards.json' does not. Correct the path in GpuCatalogOptions.Files or PriceFiles.",
            "'vramGiB' must be above 0 and at most 2047, but is 0 (card 'GeForce RTX 3090'). Correct the value; a quantity's "
                + "unit is in its field's name.");
        FluentActions.Invoking(() => GpuCatalogFactory.Create(new() { IncludeBuiltIn = false }))
            .Should().Throw<OptionsValidationException>().WithMessage("A catalogue must hold a card,*");
    }

    public void Dispose() => File.Delete(_file);

    private void Write(params string[] entries)
        => File.WriteAllText(_file, $$"""{"schemaVersion": 1, "gpus": [{{string.Join(",", entries)}}]}""");
}
