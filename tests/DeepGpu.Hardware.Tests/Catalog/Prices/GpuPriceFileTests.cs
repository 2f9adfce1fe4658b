using System.Text;

namespace DeepGpu.Hardware.Tests.Prices;

public class GpuPriceFileTests
{
    private const string Good = """{"gpu": "RTX 3090", "kind": "used", "low": 650, "high": 750, "date": "2026-11-01", "source": "own"}""";
    private const string GoodRent =
        """{"provider": "p", "instance": "i", "gpu": "3090", "onDemandPerHour": 0.1, "date": "2026-11-01", "source": "own"}""";

    private static readonly DateOnly Today = new(2026, 11, 30);

    [Fact]
    public void Custom_prices_replace_the_built_in_ones()
    {
        var catalog = GpuCatalog.Default.WithPrices(Parse($$"""{"prices": [{{Good}}], "rents": [{{GoodRent}}]}"""));
        var card = catalog.Find("RTX 3090");
        catalog.Prices.ToBuy(card, used: true)!.Amount.Should().Be("$650 to $750");
        catalog.Prices.RentsOf(card).Should().ContainSingle().Which.Provider.Should().Be("p");
        catalog.Prices.Of(catalog.Find("RTX 5090")).Should().Equal(GpuCatalog.Default.Prices.Of(catalog.Find("RTX 5090")));
        GpuCatalog.Default.Prices.RentsOf(card).Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Amounts_in_another_currency_are_dollars_by_the_rate_of_the_file()
    {
        var price = Parse("""
            {"currencies": {"EUR": 1.25}, "prices": [{"gpu": "RTX 5090", "kind": "street", "price": 2800, "currency": "EUR",
                "date": "2026-11-01", "source": "own"}]}
            """).Prices.Single();
        (price.Low.Dollars, price.High.Dollars, price.Currency, price.IsRange).Should().Be((3500, 3500, "EUR", false));
    }

    [Theory]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": -1, "date": "2026-11-01", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": 0, "date": "2026-11-01", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": "700", "date": "2026-11-01", "source": "s"}""", "wrong_field_type")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": 700, "currency": "XYZ", "date": "2026-11-01", "source": "s"}""",
        "unknown_currency")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": 700, "date": "2027-01-01", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": 700, "date": "1.11.2026", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "stolen", "price": 700, "date": "2026-11-01", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "low": 900, "high": 700, "date": "2026-11-01", "source": "s"}""", "bad_value")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "low": 900, "date": "2026-11-01", "source": "s"}""", "missing_field")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "price": 700, "date": "2026-11-01"}""", "missing_field")]
    [InlineData("""{"gpu": "RTX 5099", "kind": "used", "price": 700, "date": "2026-11-01", "source": "s"}""", "gpu_not_found")]
    [InlineData("""{"gpu": "V100", "kind": "used", "price": 700, "date": "2026-11-01", "source": "s"}""", "gpu_ambiguous")]
    [InlineData("""{"gpu": "RTX 3090", "kind": "used", "prise": 700, "date": "2026-11-01", "source": "s"}""", "unknown_field")]
    [InlineData("7", "wrong_field_type")]
    public void One_bad_row_refuses_the_file_with_the_row_and_its_line(string bad, string code)
    {
        var json = $"{{\"prices\": [\n{Good},\n{bad}\n]}}";
        var refusal = FluentActions.Invoking(() => Parse(json, "mine.json")).Should().Throw<ModelFormatException>().Which;
        (refusal.Fault.Code, refusal.File, refusal.Entry).Should().Be((code, "mine.json", "prices[1], line 3"));
        new[] { refusal.Fault.Rule, refusal.Fault.Received, refusal.Fault.Remedy }.Should().OnlyContain(part => part.Length > 5);
    }

    [Theory]
    [InlineData("""{"provider": "p", "instance": "i", "gpu": "3090", "date": "2026-11-01", "source": "s"}""", "missing_field")]
    [InlineData(
        """{"provider": "p", "instance": "i", "gpu": "3090", "onDemandPerHour": 1, "count": 0, "date": "2026-11-01", "source": "s"}""",
        "bad_value")]
    [InlineData("""{"provider": "p", "instance": "i", "gpu": "3090", "onDemandPerHour": 1e9, "date": "2026-11-01", "source": "s"}""",
        "bad_value")]
    public void A_bad_rent_is_refused_with_its_line(string bad, string code)
        => FluentActions.Invoking(() => Parse($"{{\n\"rents\": [\n{GoodRent},\n\n{bad}]}}")).Should().Throw<ModelFormatException>()
            .Where(e => e.Fault.Code == code && e.Entry == "rents[1], line 5");

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("[]", "wrong_field_type")]
    [InlineData("{}", "missing_field")]
    [InlineData("""{"prices": {}}""", "wrong_field_type")]
    [InlineData("""{"schemaVersion": 9, "prices": []}""", "unsupported_version")]
    [InlineData("""{"price": []}""", "unknown_field")]
    public void A_broken_file_is_refused_as_a_whole(string json, string code)
        => FluentActions.Invoking(() => Parse(json)).Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == code);

    [Fact]
    public void The_built_in_rents_name_date_source_and_licence_and_cover_sixty_cards()
    {
        var rents = GpuCatalog.Default.Prices.Rents;
        rents.Should().OnlyContain(rent
            => rent.Source.Length > 0 && rent.Provider.Length > 0 && rent.Licence!.Length > 3 && rent.Date.Year >= 2024);
        rents.Select(rent => rent.Gpu).Distinct().Should().HaveCountGreaterThanOrEqualTo(60);
        rents.Select(rent => rent.Licence!.Split(' ')[0]).Distinct().Should().BeSubsetOf(["MIT", "CC-BY-4.0", "MPL-2.0"]);
    }

    [Theory]
    [InlineData("prices.json")]
    [InlineData("rents.json")]
    public async Task The_built_in_files_follow_the_schema(string file)
    {
        using var stream = typeof(GpuCatalog).Assembly.GetManifestResourceStream("prices/" + file)!;
        using var reader = new StreamReader(stream);
        await Schemas.ShouldDescribe("gpu-prices", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_price_older_than_a_year_says_its_age()
    {
        var price = new GpuPrice
        {
            Gpu = "x",
            Kind = GpuPriceKind.Launch,
            Low = Money.FromDollars(249),
            High = Money.FromDollars(249),
            Date = new(2025, 7, 1),
            Source = "s"
        };
        price.TextOn(new(2025, 12, 1)).Should().Be("$249 (launch price of 2025)");
        price.TextOn(new(2026, 11, 30)).Should().Be("$249 (launch price of 2025, 1 year old)");
        price.TextOn(new(2027, 11, 30)).Should().Be("$249 (launch price of 2025, 2 years old)");
        (price with { Date = null }).TextOn(Today).Should().Be("$249 (launch price, undated)");
    }

    [Fact]
    public void A_buyer_reckons_with_the_street_price_of_a_card_on_sale_and_the_used_one_of_others()
    {
        var prices = GpuCatalog.Default.Prices;
        GpuPriceKind? Kind(string name, bool used = false) => prices.ToBuy(GpuCatalog.Default.Find(name), used)?.Kind;
        (Kind("RTX 5090"), Kind("RTX 5060"), Kind("RTX 3090"), Kind("RTX 3090", used: true)).Should()
            .Be((GpuPriceKind.Street, GpuPriceKind.Launch, GpuPriceKind.Used, GpuPriceKind.Used));
    }

    private static GpuPriceFile Parse(string json, string? file = null)
        => GpuPriceFile.Parse(Encoding.UTF8.GetBytes(json), file, null, Today);
}
