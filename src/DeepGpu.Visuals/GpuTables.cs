using System.Globalization;
using DeepGpu.Hardware;
using Spectre.Console;

namespace DeepGpu.Visuals;

/// <summary>Tables of cards for a terminal.</summary>
public static class GpuTables
{
    private const string Unknown = "-";

    private const int RoomForUnits = 120;
    private const int RoomForArchitecture = 100;

    private static readonly string[] Ranks = ["", "Name", "Score", "Speed"];

    /// <summary>The columns of words: they wrap where a line is too short, numbers never do.</summary>
    private static readonly string[] Words = ["Unit", "Reason", "Value", "Link", "Architecture", "Card", "From"];

    /// <summary>The figures of some cards; the architecture is left out where a line is too short for it.</summary>
    /// <param name="cards">The cards.</param>
    /// <param name="width">The characters a line may have. Default: the terminal's.</param>
    public static Table Specs(IEnumerable<GpuSpec> cards, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(cards);
        string[] kind = (width ?? AnsiConsole.Profile.Width) < RoomForArchitecture ? [] : ["Architecture"];
        var table = New(["Name", .. kind, "VRAM", "Bandwidth", "FP32", "TDP"]);
        foreach (var card in cards)
        {
            string[] built = kind.Length == 0 ? [] : [card.Architecture];
            Add(table, [card.Name, .. built, card.Vram.ToString(), card.Bandwidth.ToString(), Text(card.Float32Rate), Text(card.Tdp)]);
        }

        return table;
    }

    /// <summary>Everything the catalogue states of one card, a row each; what is unknown is left out.</summary>
    public static Table Details(GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var table = New("Figure", "Value");
        foreach (var (name, value) in GpuRows.Of(card)) Add(table, name, value);
        return table;
    }

    /// <summary>The best cards of a ranking with what each criterion measured;
    /// criteria that do not fit beside them are left out, the lightest first.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="top">How many cards to show. Default 5.</param>
    /// <param name="width">The characters a line may have. Default: the terminal's.</param>
    public static Table Ranking(GpuRanking ranking, int top = 5, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        var cards = ranking.Cards.Take(top).ToList();
        var cells = cards.Select((card, place) =>
            (string[])[Number(place + 1), card.Card.Name, Number(card.Score), Number(card.Throughput)]).ToList();
        var criteria = GpuColumns.Fitting(cards, width ?? AnsiConsole.Profile.Width, Ranks, cells);
        var table = New([.. Ranks, .. criteria.Select(criterion => criterion.Name)]);
        foreach (var (row, card) in cells.Zip(cards))
            Add(table, [.. row, .. criteria.Select(criterion => Number(card.Criteria[criterion.Index].Value))]);
        return table;
    }

    /// <summary>The cards of a recommendation to buy, in its order: what each costs, how long the run takes, whether it fits.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="top">How many cards to show. Default 10.</param>
    public static Table Recommended(Recommendation recommendation, int top = 10)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        var table = New("Card", "Price", "Memory", "Run", "Costs");
        foreach (var card in recommendation.Cards.Take(top))
        {
            Add(table, card.Card.Name, card.Price?.Amount ?? "unknown", card.Card.Vram.ToString(), Hours(card.RunTime.Value),
                card.BoughtRun is { } cost ? Cost(cost.Value) : "unknown");
        }

        return table;
    }

    /// <summary>The cards of a recommendation that are rented out, the cheapest run first; of a transformer with the tokens that a dollar
    /// pays for.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="top">How many cards to show. Default 10.</param>
    public static Table Rented(Recommendation recommendation, int top = 10)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        var hasTokens = recommendation.Rentable.Any(card => card.TokensPerRentedDollar is not null);
        string[] tokens = hasTokens ? ["Tokens/$"] : [];
        var table = New(["Card", "From", "An hour", "Run", "Costs", .. tokens, "Seen"]);
        foreach (var card in recommendation.Rentable.Take(top))
        {
            string[] paid = hasTokens ? [Large(card.TokensPerRentedDollar)] : [];
            Add(table, [card.Card.Name, card.Rent!.Provider, Cost(card.Rent.PerHour(recommendation.Options.RentTerms)!.Value),
                Hours(card.RunTime.Value), Cost(card.RentedRun!.Value.Value), .. paid,
                card.Rent.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture)]);
        }

        return table;
    }

    /// <summary>What each criterion of one card measured, weighs and means;
    /// in a narrow terminal without value and unit, which the reasons say too.</summary>
    /// <param name="card">The card.</param>
    /// <param name="width">The characters a line may have. Default: the terminal's.</param>
    public static Table Criteria(ScoredGpu card, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(card);
        var isWide = (width ?? AnsiConsole.Profile.Width) >= RoomForUnits;
        var table = New(isWide ? ["Criterion", "Value", "Unit", "Score", "Weight", "Reason"] : ["Criterion", "Score", "Weight", "Reason"]);
        foreach (var c in card.Criteria)
        {
            string[] measured = isWide ? [Number(c.Value), c.Unit] : [];
            Add(table, [c.Name, .. measured, Number(c.Score), c.Weight.ToString("0.0%", CultureInfo.InvariantCulture), c.Reason]);
        }

        return table;
    }

    /// <summary>Two cards side by side with ratios.</summary>
    public static Table Comparison(GpuComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var table = New("Figure", "Unit", comparison.First.Card.Name, comparison.Second.Card.Name, "Ratio");
        foreach (var figure in comparison.Figures)
            Add(table, figure.Name, figure.Unit, Number(figure.First), Number(figure.Second),
                figure.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? Unknown);
        return table;
    }

    /// <summary>The GPUs of a machine with their readings.</summary>
    public static Table Devices(GpuDetection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        var table = New("", "Name", "Memory", "Free", "Load", "Power", "Temperature", "Clock", "Link");
        foreach (var d in detection.Devices)
        {
            Add(table, Number(d.Index), d.Name, Text(d.TotalMemory),
                Text(d.Reading.MemoryFree), d.Reading.UtilizationPercent is { } load ? Number(load) + " %" : Unknown, Text(d.Reading.Power),
                Text(d.Reading.Temperature), Text(d.Reading.Clock), d.Reading.Link?.ToString() ?? Unknown);
        }

        return table;
    }

    private static string Hours(TimeSpan time) => time.TotalHours switch
    {
        < 1.0 / 60 => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
        < 1 => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture) + " min",
        _ => time.TotalHours.ToString("#,0.#", CultureInfo.InvariantCulture) + " h",
    };

    /// <summary>A large count in thousands or millions: "1.2 M".</summary>
    private static string Large(double? count) => count switch
    {
        null => Unknown,
        >= 1e6 => (count.Value / 1e6).ToString("#,0.#", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (count.Value / 1e3).ToString("0", CultureInfo.InvariantCulture) + " k",
        _ => count.Value.ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Cost(Money money)
        => money.Dollars is > 0 and < 0.01 ? "< 1 cent" : money.Dollars.ToString("$#,0.00", CultureInfo.InvariantCulture);

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(PrintableText.Of).Select(Markup.Escape)]);

    private static Table New(params string[] columns)
    {
        var table = new Table().RoundedBorder();
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(PrintableText.Of(column))) { NoWrap = !Words.Contains(column) });
        }

        return table;
    }

    private static string Text<T>(T? value)
        where T : struct
        => value?.ToString() ?? Unknown;

    internal static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? Unknown;
}
