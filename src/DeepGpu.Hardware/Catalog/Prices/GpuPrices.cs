using System.Collections.Concurrent;

namespace DeepGpu.Hardware;

/// <summary>The prices and rents of a catalogue's cards. Immutable.</summary>
public sealed class GpuPrices
{
    private readonly ILookup<string, GpuPrice> _prices;
    private readonly ConcurrentDictionary<GpuSpec, IReadOnlyList<GpuPrice>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, GpuRent> _rents;

    internal GpuPrices(IReadOnlyList<GpuPrice> prices, IReadOnlyList<GpuRent> rents)
    {
        _prices = prices.ToLookup(price => price.Gpu, StringComparer.OrdinalIgnoreCase);
        _rents = rents.ToLookup(rent => rent.Gpu, StringComparer.OrdinalIgnoreCase);
        Rows = prices;
        Rents = rents;
    }

    /// <summary>No price at all but those at launch.</summary>
    public static GpuPrices None { get; } = new([], []);

    /// <summary>Every rent.</summary>
    public IReadOnlyList<GpuRent> Rents { get; }

    internal IReadOnlyList<GpuPrice> Rows { get; }

    /// <summary>The known prices of a card, launch price first, then by date.</summary>
    /// <param name="card">The card.</param>
    public IReadOnlyList<GpuPrice> Of(GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return _known.GetOrAdd(card, asked => [.. Launch(asked), .. _prices[asked.Name].OrderBy(price => price.Date)]);
    }

    /// <summary>The newest known price of a kind; null where none is known.</summary>
    /// <param name="card">The card.</param>
    /// <param name="kind">Launch, street or used.</param>
    public GpuPrice? Newest(GpuSpec card, GpuPriceKind kind)
    {
        var known = Of(card);
        for (var i = known.Count - 1; i >= 0; i--)
        {
            if (known[i].Kind == kind) return known[i];
        }

        return null;
    }

    /// <summary>What a buyer reckons with: the newest street price of a card that is sold new, else its price at launch; of one that is no
    /// longer sold, or where a used card will do, the used price first.</summary>
    /// <param name="card">The card.</param>
    /// <param name="used">Whether a used card will do. Default false.</param>
    public GpuPrice? ToBuy(GpuSpec card, bool used = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        var second = used || !card.IsSoldNew ? Newest(card, GpuPriceKind.Used) : null;
        return second ?? Newest(card, GpuPriceKind.Street) ?? Newest(card, GpuPriceKind.Launch);
    }

    /// <summary>The offers to rent a card.</summary>
    /// <param name="card">The card.</param>
    public IEnumerable<GpuRent> RentsOf(GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return _rents[card.Name];
    }

    /// <summary>The instance that holds a number of cards for the least money an hour; null where none is offered.</summary>
    /// <param name="card">The card.</param>
    /// <param name="terms">On demand or spot. Default on demand.</param>
    /// <param name="cards">How many cards it must hold. Default 1.</param>
    public GpuRent? CheapestRent(GpuSpec card, GpuRentTerms terms = GpuRentTerms.OnDemand, int cards = 1)
        => RentsOf(card).Where(rent => rent.Count >= cards && rent.PerHour(terms) is not null)
            .MinBy(rent => rent.PerHour(terms)!.Value.Dollars);

    /// <summary>These prices with a file's over them: the file's prices of a card and kind, and its rents of a card, take the place of
    /// those here.</summary>
    internal GpuPrices With(GpuPriceFile file)
    {
        var priced = file.Prices.Select(row => (row.Gpu, row.Kind)).ToHashSet();
        var rented = file.Rents.Select(rent => rent.Gpu).ToHashSet();
        return new(
            [.. Rows.Where(row => !priced.Contains((row.Gpu, row.Kind))), .. file.Prices],
            [.. Rents.Where(rent => !rented.Contains(rent.Gpu)), .. file.Rents]);
    }

    private IEnumerable<GpuPrice> Launch(GpuSpec card)
    {
        if (card.LaunchPrice is not { } price || _prices[card.Name].Any(row => row.Kind == GpuPriceKind.Launch)) return [];
        return [new() { Gpu = card.Name, Kind = GpuPriceKind.Launch, Low = price, High = price, Date = DateOf(card),
            Source = SourceOf(card) }];
    }

    private static DateOnly? DateOf(GpuSpec card) => card.ReleaseDate ?? (card.ReleaseYear is { } year ? new DateOnly(year, 1, 1) : null);

    private static string SourceOf(GpuSpec card)
        => card.Sources.FirstOrDefault(source => source.Value.Contains("launchPriceUsd")) is { Key: { } key } ? key
            : "the card's own entry";
}
