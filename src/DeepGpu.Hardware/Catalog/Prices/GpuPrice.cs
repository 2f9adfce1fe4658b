using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>What a card cost on a day: one entry of a dated series. Not a rent: see <see cref="GpuRent"/>.</summary>
public sealed record GpuPrice
{
    private const double DaysAYear = 365.25;

    /// <summary>The card, as the catalogue names it.</summary>
    public required string Gpu { get; init; }

    /// <summary>Launch, street or used.</summary>
    public required GpuPriceKind Kind { get; init; }

    /// <summary>The least that was asked, in US dollars.</summary>
    public required Money Low { get; init; }

    /// <summary>The most that was asked; equal to <see cref="Low"/> where one price is known.</summary>
    public required Money High { get; init; }

    /// <summary>The currency the source states, e.g. "USD"; the amounts here are dollars.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The day the price was seen, or that of the release for a launch price; null where no source dates it.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Where it was seen: an address, or a key of <see cref="GpuCatalog.Sources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The middle of the range: what sums are made with.</summary>
    public Money Middle => (Low + High) * 0.5;

    /// <summary>Whether only a range is known.</summary>
    public bool IsRange => Low != High;

    /// <summary>Whole years between the price and a day; null where the price has no date.</summary>
    /// <param name="day">The day.</param>
    public int? YearsOldOn(DateOnly day) => Date is { } date ? (int)Math.Max(0, (day.DayNumber - date.DayNumber) / DaysAYear) : null;

    /// <summary>The price with its kind and year, and with its age where it is older than a year: "$249 (launch price of 2025)".</summary>
    /// <param name="today">The day that ages are counted from.</param>
    public string TextOn(DateOnly today) => $"{Amount} ({Origin(today)})";

    /// <summary>The amount alone: "$249", or "$700 to $900".</summary>
    public string Amount => IsRange ? $"{Whole(Low)} to {Whole(High)}" : Whole(Low);

    private string Origin(DateOnly today)
    {
        var kind = Kind switch { GpuPriceKind.Launch => "launch price", GpuPriceKind.Used => "used", _ => "new" };
        if (Date is not { } date) return $"{kind}, undated";
        var year = date.Year.ToString(CultureInfo.InvariantCulture);
        var of = Kind == GpuPriceKind.Launch ? $"{kind} of {year}" : $"{kind}, {year}";
        return YearsOldOn(today) is > 0 and { } years ? $"{of}, {years} {(years == 1 ? "year" : "years")} old" : of;
    }

    private static string Whole(Money money) => string.Create(CultureInfo.InvariantCulture, $"${money.Dollars:#,0.##}");
}

/// <summary>What kind of price it is.</summary>
public enum GpuPriceKind
{
    /// <summary>Its maker's price at launch.</summary>
    Launch,

    /// <summary>What shops ask for a new card.</summary>
    Street,

    /// <summary>What used cards are sold for.</summary>
    Used,
}
