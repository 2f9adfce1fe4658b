using System.Globalization;
using DeepGpu.Hardware;
using Spectre.Console;

namespace DeepGpu.Visuals;

/// <summary>Tables of cards for a terminal.</summary>
public static class GpuTables
{
    /// <summary>The facts of some cards.</summary>
    public static Table Specs(IEnumerable<GpuSpec> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        var table = New("Name", "Architecture", "VRAM", "Bandwidth", "FP32", "TDP");
        foreach (var card in cards) table.AddRow(card.Name, card.Architecture, card.Vram.ToString(), card.Bandwidth.ToString(), card.Float32Rate.ToString(), card.Tdp.ToString());
        return table;
    }

    /// <summary>The best cards of a recommendation with what each criterion measured.</summary>
    /// <param name="recommendation">The ranking.</param>
    /// <param name="top">How many cards to show. Default 5.</param>
    public static Table Ranking(Recommendation recommendation, int top = 5)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        var criteria = recommendation.Cards.Count == 0 ? [] : recommendation.Cards[0].Criteria;
        var table = New(["", "Name", "Score", .. criteria.Select(c => $"{c.Criterion} ({c.Unit})")]);
        foreach (var (card, place) in recommendation.Cards.Take(top).Select((card, i) => (card, i + 1)))
        {
            table.AddRow([Number(place), card.Card.Name, Number(card.Score), .. card.Criteria.Select(c => Number(c.Value))]);
        }

        return table;
    }

    private static Table New(params string[] columns)
    {
        var table = new Table().RoundedBorder();
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = column == "Name" });
        return table;
    }

    private static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "-";
}
