namespace DeepGpu.Hardware;

/// <summary>What a recommendation assumes beside the workload and what is required of a card.</summary>
public sealed record RecommendationOptions
{
    /// <summary>The defaults.</summary>
    public static RecommendationOptions Default { get; } = new();

    /// <summary>Samples, epochs, price of energy, power limit: what every forecast assumes.</summary>
    public ForecastOptions Forecast { get; init; } = ForecastOptions.Default;

    /// <summary>What counts as enough, and how money and time are weighed. Default <see cref="RecommendationPolicy.Value"/>.</summary>
    public RecommendationPolicy Policy { get; init; } = RecommendationPolicy.Value;

    /// <summary>How a bought card is used. Default 20 hours a week for 36 months.</summary>
    public Ownership Ownership { get; init; } = new();

    /// <summary>The processor that a card is compared with; null for that of this machine, which is measured once.</summary>
    public Processor? Processor { get; init; }

    /// <summary>On demand or spot, where rents are compared. Default on demand.</summary>
    public GpuRentTerms RentTerms { get; init; }

    /// <summary>Steps of the run where no samples are given. Default 10,000.</summary>
    public int StepsWithoutSamples
    {
        get; init
        => field = Require.AtLeast(value, 1, nameof(RecommendationOptions), nameof(StepsWithoutSamples));
    } = 10_000;

    /// <summary>The day from which the age of prices is counted; null for the system's.</summary>
    public DateOnly? Today { get; init; }

    internal DateOnly Day => Today ?? GpuPriceFile.Today();
}

/// <summary>How long and how much a bought card is used: what its price is shared over.</summary>
public sealed record Ownership
{
    private const double WeeksAMonth = 365.0 / 12 / 7;
    private const double HoursAWeek = 168;

    /// <summary>Hours a week that it works. Default 20, above 0 and at most 168.</summary>
    public double HoursPerWeek
    {
        get; init
        => field = value is > 0 and <= HoursAWeek ? value : throw Require.OutOfRange(nameof(Ownership), nameof(HoursPerWeek),
        "above 0 and at most 168", value);
    } = 20;

    /// <summary>Months until it is sold or thrown away. Default 36, at least 1.</summary>
    public int Months { get; init => field = Require.AtLeast(value, 1, nameof(Ownership), nameof(Months)); } = 36;

    /// <summary>The share of the price that selling it brings back. Default 0, below 1.</summary>
    public double ResaleShare { get; init => field = Require.Fraction(value, nameof(Ownership), nameof(ResaleShare)); }

    /// <summary>The hours that it works in all.</summary>
    public double UsefulHours => HoursPerWeek * WeeksAMonth * Months;

    /// <summary>What is lost on a price for good.</summary>
    /// <param name="price">The price.</param>
    public Money Loss(Money price) => price * (1 - ResaleShare);

    /// <summary>The share of a price that an hour of work bears.</summary>
    /// <param name="price">The price.</param>
    public Money HourOf(Money price) => Loss(price) * (1 / UsefulHours);

    /// <summary>The total cost of owning a card for all the months: what is lost on its price, and the energy of its hours.</summary>
    /// <param name="price">The price.</param>
    /// <param name="draw">What it draws while it works.</param>
    /// <param name="kilowattHour">The price of a kilowatt-hour; null where energy is not counted.</param>
    public Money TotalCost(Money price, Power draw, Money? kilowattHour)
        => Loss(price) + (kilowattHour ?? default) * (draw.Watts / 1000 * UsefulHours);

    /// <summary>Months after which some hours of work are done.</summary>
    internal double MonthsFor(double hours) => hours / (HoursPerWeek * WeeksAMonth);
}
