namespace DeepGpu.Hardware;

/// <summary>What a provider asks for an hour of one instance. The price is that of the whole instance, all its cards together.</summary>
public sealed record GpuRent
{
    /// <summary>Who rents it out, e.g. "runpod".</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name of the instance.</summary>
    public required string Instance { get; init; }

    /// <summary>The card, as the catalogue names it.</summary>
    public required string Gpu { get; init; }

    /// <summary>Cards of the instance. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>An hour on demand; null where it is not offered.</summary>
    public Money? OnDemand { get; init; }

    /// <summary>An hour that may be taken away at any time; null where it is not offered.</summary>
    public Money? Spot { get; init; }

    /// <summary>The currency the source states, e.g. "USD"; the amounts here are dollars.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Where it runs; null where the source does not say.</summary>
    public string? Region { get; init; }

    /// <summary>The provider's class of service, e.g. "secure" or "community"; null where the source does not say.</summary>
    public string? Tier { get; init; }

    /// <summary>The day the price was seen.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Where it was seen.</summary>
    public required string Source { get; init; }

    /// <summary>The licence of the collection it was taken from; null for a price of your own.</summary>
    public string? Licence { get; init; }

    /// <summary>The price of an hour on some terms; null where it is not offered so.</summary>
    /// <param name="terms">On demand or spot.</param>
    public Money? PerHour(GpuRentTerms terms) => terms == GpuRentTerms.Spot ? Spot : OnDemand;

    /// <summary>Provider, instance and year: "runpod, RTX 4090 (2026)".</summary>
    public override string ToString() => $"{PrintableText.Of(Provider)} '{PrintableText.Of(Instance)}'";
}

/// <summary>How a card is rented.</summary>
public enum GpuRentTerms
{
    /// <summary>For as long as it is paid for.</summary>
    OnDemand,

    /// <summary>Until somebody pays more: cheaper, and taken away without asking.</summary>
    Spot,
}
