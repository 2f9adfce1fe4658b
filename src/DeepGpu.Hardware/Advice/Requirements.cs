using DeepGpu.Hardware.Advice;

namespace DeepGpu.Hardware;

/// <summary>What a card must have. A card that fails one is listed apart with the rule, not scored low; one of which a rule needs what is
/// not known is listed apart again: it is neither rejected nor judged.</summary>
public sealed record Requirements
{
    /// <summary>No requirement at all.</summary>
    public static Requirements None { get; } = new();

    /// <summary>A number format that the card's units must work in; null for any.</summary>
    public NumberFormat? Precision { get; init; }

    /// <summary>Least memory on the card; null for any.</summary>
    public ByteSize? MinimumVram { get; init; }

    /// <summary>Most board power of one card; null for any.</summary>
    public Power? MaxPower { get; init; }

    /// <summary>Most power of the whole computer: <see cref="CardCount"/> cards and <see cref="RestOfSystem"/>; null for any.</summary>
    public Power? MaxSystemPower { get; init; }

    /// <summary>Rated power of the supply at hand; null for any. A fifth of it is kept in reserve.</summary>
    public Power? Supply { get; init; }

    /// <summary>How many such cards go into the computer. Default 1.</summary>
    public int CardCount { get; init; } = 1;

    /// <summary>What the computer draws without the cards: processor, board, drives, fans. Default 250 W.</summary>
    public Power RestOfSystem { get; init; } = Power.FromWatts(250);

    /// <summary>Most expansion slots a card may cover; null for any.</summary>
    public double? MaxSlotWidth { get; init; }

    /// <summary>Most length in millimetres; null for any.</summary>
    public double? MaxLengthMillimetres { get; init; }

    /// <summary>What carries the heat away; null for anything.</summary>
    public GpuCooling? Cooling { get; init; }

    /// <summary>Where the card is meant to be used; null for anywhere.</summary>
    public GpuSegment? Segment { get; init; }

    /// <summary>Whose card it is; null for anyone's.</summary>
    public GpuVendor? Vendor { get; init; }

    /// <summary>The platform that must support the card, now or in an older release; null for any.
    /// AMD cards that no ROCm release names fail it.</summary>
    public GpuPlatform? Software { get; init; }

    /// <summary>Whether that platform's newest release must support the card. Default false.</summary>
    public bool CurrentToolkit { get; init; }

    /// <summary>Most price to buy it at (<see cref="GpuPrices.ToBuy"/>); null for any.</summary>
    public Money? MaxPrice { get; init; }

    /// <summary>The host's slot, if the card must go into one; null where server modules and laptops will do as well.</summary>
    public PcieHost? Host { get; init; }

    /// <summary>Least rate of the link between host and card, in one direction: that of the slower of card and
    /// <see cref="Host"/>; null for any.</summary>
    public Bandwidth? MinimumLink { get; init; }

    /// <summary>Whether a used card will do: then cards that are no longer sold are picked as well, and used prices count.
    /// Default false.</summary>
    public bool Used { get; init; }

    /// <summary>How the card must be sold: as a card, a kit, within a computer or a server, by renting; null for cards and kits that one
    /// buys by themselves, and whatever the segment asked for is sold as.</summary>
    public GpuSoldAs? SoldAs { get; init; }

    /// <summary>The country one buys in, as "China"; null, the default, for none in particular: then a card that is sold in one country
    /// alone is not picked.</summary>
    public string? Country { get; init; }

    /// <summary>Whether cards that cannot be bought new by themselves will do as well: those within computers and servers, those to rent
    /// only, those sold in one country alone, those no longer, not yet or never sold. Default false.</summary>
    public bool AnyAvailability { get; init; }

    /// <summary>Every requirement that the card fails, in a fixed order; empty if it meets them all. One that fails for want of a figure is
    /// marked as unknown.</summary>
    /// <param name="card">The card.</param>
    /// <param name="prices">The prices that <see cref="MaxPrice"/> is checked with; null for the price at launch alone.</param>
    public IReadOnlyList<RequirementFailure> Check(GpuSpec card, GpuPrices? prices = null)
    {
        ArgumentNullException.ThrowIfNull(card);
        List<RequirementFailure>? failures = null;
        foreach (var rule in RequirementRules.All)
        {
            if (rule(this, card) is { } failure) (failures ??= []).Add(failure);
        }

        if (RequirementRules.Price(this, card, prices ?? GpuPrices.None) is { } dear) (failures ??= []).Add(dear);
        return failures ?? (IReadOnlyList<RequirementFailure>)[];
    }

    /// <summary>Whether the requirements name the kind of card, so that one that is not sold singly is meant.</summary>
    internal bool AsksFor(GpuSpec card) => AnyAvailability || SoldAs == card.SoldAs || (Segment is not null && Segment == card.Segment)
        || (Vendor == card.Vendor && card.Vendor is GpuVendor.Apple or GpuVendor.Google);

    /// <summary>Why one cannot buy the card new by itself, where that was not asked for; null where one can.</summary>
    /// <param name="card">The card.</param>
    public GpuObstacle? ObstacleToBuy(GpuSpec card) => card switch
    {
        null => throw new ArgumentNullException(nameof(card)),
        _ when AnyAvailability => null,
        { Availability: GpuAvailability.Announced or GpuAvailability.NeverSold } => GpuObstacle.NotOnSale,
        { Availability: GpuAvailability.Discontinued } when !Used => GpuObstacle.Discontinued,
        { IsSoldSingly: false } when !AsksFor(card) => GpuObstacle.NotSoldSingly,
        { SoldOnlyIn: { } only } when !only.Equals(Country, StringComparison.OrdinalIgnoreCase) => GpuObstacle.SoldElsewhere,
        _ => null,
    };
}

/// <summary>A PCI Express slot of the computer a card goes into.</summary>
/// <param name="Generation">Its generation, e.g. 4.</param>
/// <param name="Lanes">Its lanes, e.g. 16.</param>
public sealed record PcieHost(int Generation, int Lanes);

/// <summary>A requirement that a card fails.</summary>
/// <param name="Rule">The requirement, e.g. "minimum VRAM".</param>
/// <param name="Required">What was asked for.</param>
/// <param name="Actual">What the card has; "unknown" where the catalogue does not say.</param>
public sealed record RequirementFailure(string Rule, string Required, string Actual)
{
    internal const string Unknown = "unknown";

    /// <summary>Whether it fails only because the catalogue does not say.</summary>
    public bool IsUnknown => Actual == Unknown;
}
