using System.Globalization;
using System.Net;
using System.Text;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

/// <summary>A recommendation as one HTML file that needs nothing else: no network, and no script to be read.</summary>
internal static class RecommendationPage
{
    private static readonly Lazy<string> Template = new(Load);

    private static readonly Column[] Columns =
    [
        new("Card", "", (_, card) => card.Card.Name),
        new("Price", " class=\"amount\"", (r, card) => card.Price?.TextOn(r.Options.Day) ?? "unknown"),
        new("Run", Column.Number, (_, card) => Words.Of(card.RunTime)),
        new("Costs, bought", Column.Number, (_, card) => card.BoughtRun is { } bought ? Words.Of(bought) : "unknown"),
        new("Costs, rented", Column.Number, (_, card) => card.RentedRun is { } rented ? Words.Of(rented) : "not offered"),
        new("Memory", Column.Number, (_, card) => card.Card.Vram.ToString()),
        new("Power", Column.Number, (_, card) => card.Card.Tdp?.ToString() ?? "unknown"),
        new("Remarks", "", (_, card) => Remark(card)),
        new("Sources", "", (_, card) => string.Join(", ", card.Card.Sources.Keys)),
    ];

    public static string Of(Recommendation r, GpuCatalog catalog)
    {
        var prices = Most(r, card => card.Price?.High.Dollars);
        return Filled(new()
        {
            ["title"] = Text(Words.Sentence(r.Work.Text)),
            ["verdict"] = Lines("p", RecommendationText.Sentences(r)),
            ["picks"] = Lines("li", r.Picks.Select(pick => $"{pick.Gpu.Card.Name}: {pick.Reason}")),
            ["mostPrice"] = Number(prices),
            ["priceStep"] = prices > 5000 ? "50" : "10",
            ["mostWatts"] = Number(Most(r, card => card.Card.Tdp?.Watts)),
            ["mostMemory"] = Number(Most(r, card => card.Card.Vram.Gibibytes)),
            ["count"] = r.Cards.Count.ToString(CultureInfo.InvariantCulture),
            ["chart"] = PageChart.Of(r),
            ["headers"] = string.Concat(Columns.Select(column => column.Heading)),
            ["rows"] = string.Join("\n", r.Cards.Select(card => Row(r, card))),
            ["changes"] = Lines("li", r.WhatWouldChangeTheVerdict.Select(change => change.ToString())),
            ["unknown"] = Lines("li", r.Unknown),
            ["sources"] = Lines("li", Sources(r, catalog)),
        });
    }

    /// <summary>Text that stands for itself, whatever is in it.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(PrintableText.Of(text));

    /// <summary>The attributes that sliders go by; empty where a figure is not known.</summary>
    public static string Data(RecommendedGpu card)
        => $"data-card=\"{Text(card.Card.Name)}\" data-price=\"{Number(card.Price?.Middle.Dollars)}\" "
            + $"data-watts=\"{Number(card.Card.Tdp?.Watts)}\" data-memory=\"{Number(card.Card.Vram.Gibibytes)}\"";

    private static string Row(Recommendation r, RecommendedGpu card)
    {
        var picked = r.Picks.Any(pick => ReferenceEquals(pick.Gpu.Card, card.Card)) ? " class=\"picked\"" : "";
        return $"<tr {Data(card)}{picked}>{string.Concat(Columns.Select(column => Cell(column, column.Text(r, card))))}</tr>";
    }

    private static string Cell(Column column, string text)
    {
        var (main, aside) = text.IndexOf(" (", StringComparison.Ordinal) is > 0 and var place ? (text[..place], text[(place + 1)..])
            : (text, "");
        var small = aside.Length == 0 ? "" : $"<small>{Text(aside.Trim('(', ')'))}</small>";
        return $"<td data-label=\"{column.Header}\"{column.Class}>{Text(main)}{small}</td>";
    }

    private static string Remark(RecommendedGpu card) => card.Obstacle switch
    {
        null => card.IsAsFastAsTheFastest ? "as fast as the fastest" : "",
        GpuObstacle.Discontinued => "no longer sold",
        GpuObstacle.NotOnSale => "not on sale",
        GpuObstacle.NotSoldSingly => "not sold by itself",
        GpuObstacle.SoldElsewhere => "sold in one country only",
        GpuObstacle.MayNotFit => "the model may not fit",
        GpuObstacle.NoFramework => "PyTorch has no build for it",
        _ => "price unknown",
    };

    private static IEnumerable<string> Sources(Recommendation r, GpuCatalog catalog)
    {
        var keys = r.Cards.SelectMany(card => card.Card.Sources.Keys).ToHashSet();
        return catalog.Sources.Where(source => keys.Contains(source.Key)).Select(source => $"{source.Key}: {source.Value}");
    }

    private static double Most(Recommendation r, Func<RecommendedGpu, double?> figure) => Math.Ceiling(r.Cards.Select(figure).Max() ?? 0);

    private static string Lines(string element, IEnumerable<string> texts)
        => string.Join("\n", texts.Select(text => $"<{element}>{Text(text)}</{element}>"));

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Every place of the template filled once: what is filled in is not looked through again.</summary>
    private static string Filled(Dictionary<string, string> parts)
    {
        var page = new StringBuilder();
        var rest = Template.Value.AsSpan();
        for (var start = rest.IndexOf("{{"); start >= 0; start = rest.IndexOf("{{"))
        {
            var length = rest[start..].IndexOf("}}");
            page.Append(rest[..start]).Append(parts[rest.Slice(start + 2, length - 2).ToString()]);
            rest = rest[(start + length + 2)..];
        }

        return page.Append(rest).ToString();
    }

    private static string Load()
    {
        using var stream = typeof(RecommendationPage).Assembly.GetManifestResourceStream("page/page.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A column of the table of cards.</summary>
    private sealed record Column(string Header, string Class, Func<Recommendation, RecommendedGpu, string> Text)
    {
        public const string Number = " class=\"number\"";

        public string Heading => $"<th{(Class == Number ? Number : "")}>{Header}</th>";
    }
}
