using System.Text.Json;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Tests;

/// <summary>choose with a transformer's config.json: the same answer as for every other model.</summary>
public sealed class TransformerBuyerTests : IDisposable
{
    private static readonly string[] Cpu = ["--cpu", "EPYC 9654"];
    private static readonly string[] Chat = ["--task", "inference", "--context", "32768", "--precision", "q4_k_m", .. Cpu];
    private static readonly string[] Lora = ["--lora", "8", "--batch", "16", "--length", "512", .. Cpu];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void A_language_model_is_answered_with_memory_need_picks_and_rent_in_at_most_12_lines()
    {
        var lines = Lines(TransformerCommandTests.Llama, Chat);
        lines.Length.Should().BeLessThanOrEqualTo(12);
        lines[0].Should().StartWith("A GPU is needed for 'Llama-3.1-8B' (Q4_K_M, 32,768 tokens): 1,000,000 tokens made take about ")
            .And.Contain("EPYC 9654");
        lines[1].Should().MatchRegex(@"^It needs [\d.]+ GiB \([\d.]+ GiB to [\d.]+ GiB\) of memory, ")
            .And.Contain("a card of 12 GiB or more; its speed is ")
            .And.MatchRegex("in a request of|a request takes");
        lines.Should().Contain(line => line.Contains("The cheapest that is enough: ") && line.Contains(" tokens/s"));
        lines.Should().Contain(line => line.StartsWith("Rented, a run costs $") && line.Contains("buying "));
    }

    [Fact]
    public void Adapters_are_answered_with_the_least_card()
    {
        var lines = Lines(TransformerCommandTests.Bert, Lora);
        lines.Length.Should().BeLessThanOrEqualTo(12);
        lines[0].Should().StartWith("A GPU is needed for 'bert-large-uncased' (LoRA, batch 16, length 512, BFloat16): 10,000 steps of 16");
        lines[1].Should().MatchRegex(@"a card of \d+ GiB or more; its speed is limited by ")
            .And.MatchRegex(@"arithmetic: [\d,.]+ trillion operations in a step");
    }

    [Fact]
    public async Task What_is_printed_as_JSON_follows_the_schema_of_every_choice()
    {
        await TransformerCommandTests.Run(TransformerCommandTests.Llama, "choose", [.. Chat, "--json"]).ShouldFollow("choose");
        await TransformerCommandTests.Run(TransformerCommandTests.Bert, "choose", [.. Lora, "--json"]).ShouldFollow("choose");
        await TransformerCommandTests.Run(TransformerCommandTests.Llama, "choose", [.. Chat, "--batch", "100000", "--json"])
            .ShouldFollow("choose");
    }

    /// <summary>Rent of the instance for the hours in which a million tokens are made: by hand from the printed figures.</summary>
    [Fact]
    public void A_million_tokens_rented_cost_their_hours_and_a_dollar_buys_the_rest_of_the_division()
    {
        var cards = Json("--rent").GetProperty("cards").EnumerateArray()
            .Where(card => card.GetProperty("rent").ValueKind != JsonValueKind.Null)
            .ToList();
        cards.Should().HaveCountGreaterThan(20);
        foreach (var card in cards)
        {
            var hours = card.GetProperty("runSeconds").GetProperty("value").GetDouble() / 3600;
            if (card.GetProperty("rent").GetProperty("onDemandPerHourUsd") is not { ValueKind: JsonValueKind.Number } hourly) continue;
            var dollars = hours * hourly.GetDouble();
            card.GetProperty("rentedRunUsd").GetProperty("value").GetDouble().Should().BeApproximately(dollars, 0.01 * dollars);
            card.GetProperty("tokensPerRentedDollar").GetDouble().Should().BeApproximately(1e6 / dollars, 0.01 * 1e6 / dollars);
        }
    }

    [Theory]
    [InlineData("--rent", "Tokens/$")]
    [InlineData("--buy", "Price")]
    [InlineData("--table", "Price")]
    public void Tables_fit_80_columns(string option, string column)
    {
        var table = Lines(TransformerCommandTests.Llama, [.. Chat, option])
            .Where(line => line.Length > 0 && "│╭├╰".Contains(line[0])).ToList();
        table.Should().Contain(line => line.Contains(column)).And.OnlyContain(line => line.Length <= 80);
        table.Count.Should().BeGreaterThan(5);
    }

    [Fact]
    public void The_page_shows_the_model_and_its_cards()
    {
        var page = Path.Combine(_folder, "page.html");
        Lines(TransformerCommandTests.Llama, [.. Chat, "--html", page]);
        File.ReadAllText(page).Should().Contain("Llama-3.1-8B").And.Contain("<svg").And.Contain("data-card=");
    }

    /// <summary>An encoder makes no tokens: a run is of requests.</summary>
    [Fact]
    public void An_encoder_is_answered_in_requests()
    {
        var lines = Lines(TransformerCommandTests.Bert, ["--task", "inference", "--context", "512", "--batch", "32", "--precision",
            "fp16", .. Cpu]);
        lines[0].Should().Contain("10,000 requests of 32 take about ");
        string.Join(' ', lines).Should().NotContain("tokens/s").And.Contain("The cheapest that is enough: ");
    }

    [Fact]
    public void Every_pick_fits_and_can_be_bought()
    {
        foreach (var name in Json().GetProperty("picks").EnumerateArray().Select(pick => pick.GetProperty("name").GetString()!))
        {
            var card = GpuCatalog.Default.Find(name);
            (card.IsSoldNew && card.IsSoldSingly && card.Vram.Gibibytes >= 12).Should().BeTrue(name);
        }
    }

    [Fact]
    public void A_model_beyond_every_card_is_answered_with_shorter_weights_or_more_cards()
    {
        const string Large = """
            { "model_type": "llama", "hidden_size": 16384, "num_hidden_layers": 126, "num_attention_heads": 128, "num_key_value_heads": 8,
              "intermediate_size": 53248, "vocab_size": 128256, "max_position_embeddings": 131072, "_name_or_path": "Llama-3.1-405B" }
            """;
        var lines = Lines(Large, ["--task", "inference", "--context", "4096", .. Cpu]);
        lines[0].Should().StartWith("'Llama-3.1-405B' (BF16, 4,096 tokens) surely fits no card");
        lines.Should().Contain(line => line.StartsWith("  It fits with weights in Q4_K_M: "))
            .And.Contain(line => line.StartsWith("  It fits with 4 ") || line.StartsWith("  It fits with 8 "));
    }

    /// <summary>Two cards: twice the price of one, and each holds half of the weights.</summary>
    [Fact]
    public void Cards_that_share_a_model_are_paid_for_together()
    {
        var (one, two) = (Card(Json("--all"), "GeForce RTX 5090"), Card(Json("--all", "--cards", "2"), "GeForce RTX 5090"));
        two.GetProperty("price").GetProperty("lowUsd").GetDouble().Should()
            .Be(2 * one.GetProperty("price").GetProperty("lowUsd").GetDouble());
        two.GetProperty("peakMemoryGiB").GetProperty("value").GetDouble().Should()
            .BeLessThan(one.GetProperty("peakMemoryGiB").GetProperty("value").GetDouble());
        Lines(TransformerCommandTests.Llama, [.. Chat, "--cards", "2"]).Should().Contain(line => line.StartsWith("  2 "));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static JsonElement Card(JsonElement choice, string name)
        => choice.GetProperty("cards").EnumerateArray().Single(card => card.GetProperty("name").GetString() == name);

    private static JsonElement Json(params string[] options)
        => TransformerCommandTests.Run(TransformerCommandTests.Llama, "choose", [.. Chat, .. options, "--json"]).Json;

    private static string[] Lines(string config, string[] options)
    {
        var run = TransformerCommandTests.Run(config, "choose", options);
        run.Code.Should().Be(0, run.Output + run.Errors);
        return run.Output.TrimEnd().Split(Environment.NewLine);
    }
}
