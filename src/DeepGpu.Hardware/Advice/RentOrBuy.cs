namespace DeepGpu.Hardware;

/// <summary>A run on a rented card beside the same run on a bought one, and when buying pays.</summary>
/// <remarks>A rented run costs its hours times the rent of the whole instance; a renter pays no electricity. A bought run costs its hours
/// times
/// the card's draw and the price of energy; what is lost on the card's price (<see cref="Ownership.Loss"/>) is paid once. Buying pays after
/// that loss over the difference of the two.</remarks>
public sealed record RentOrBuy
{
    /// <summary>The card that is rented.</summary>
    public required GpuSpec RentedCard { get; init; }

    /// <summary>The offer.</summary>
    public required GpuRent Rent { get; init; }

    /// <summary>On demand or spot.</summary>
    public required GpuRentTerms Terms { get; init; }

    /// <summary>The run on the rented card.</summary>
    public required Estimate<TimeSpan> RentedTime { get; init; }

    /// <summary>What it costs.</summary>
    public required Estimate<Money> RentedRun { get; init; }

    /// <summary>The card that is bought; null where none was picked.</summary>
    public GpuSpec? BoughtCard { get; init; }

    /// <summary>What it costs to buy; null where none was picked.</summary>
    public GpuPrice? Price { get; init; }

    /// <summary>The run on the bought card; null where none was picked.</summary>
    public Estimate<TimeSpan>? BoughtTime { get; init; }

    /// <summary>Electricity of the run on the bought card; null where the price of energy was not given or the draw is not known.</summary>
    public Money? EnergyOfRun { get; init; }

    /// <summary>Runs after which buying has cost as much as renting; null where renting never costs more, or none was picked.</summary>
    public double? BreakEvenRuns { get; init; }

    /// <summary>Hours of work of the bought card after which buying has cost as much as renting; null as
    /// <see cref="BreakEvenRuns"/>.</summary>
    public double? BreakEvenHours => BreakEvenRuns is { } runs && BoughtTime is { } time ? runs * time.Value.TotalHours : null;

    /// <summary>Months of the use assumed after which buying has cost as much as renting; null as <see cref="BreakEvenRuns"/>.</summary>
    public double? BreakEvenMonths { get; init; }

    /// <summary>Whether buying pays within the months that the card is kept; null where none was picked.</summary>
    public bool? IsBuyingCheaper { get; init; }

    /// <summary>The cost of some hours on some terms.</summary>
    /// <param name="hours">Hours of the run.</param>
    /// <param name="perHour">The rent of the instance for an hour.</param>
    public static Estimate<Money> CostOf(Estimate<TimeSpan> hours, Money perHour)
        => new(perHour * hours.Value.TotalHours, perHour * hours.Low.TotalHours, perHour * hours.High.TotalHours, hours.Basis);

    /// <summary>Runs after which buying has cost as much as renting; null where renting a run costs no more than its electricity at
    /// home.</summary>
    /// <param name="price">The card's price.</param>
    /// <param name="ownership">How it is used.</param>
    /// <param name="rentedRun">What a rented run costs.</param>
    /// <param name="energyOfRun">What the electricity of a run at home costs.</param>
    public static double? RunsUntilBuyingPays(Money price, Ownership ownership, Money rentedRun, Money energyOfRun)
    {
        ArgumentNullException.ThrowIfNull(ownership);
        return rentedRun > energyOfRun ? ownership.Loss(price) / (rentedRun - energyOfRun) : null;
    }

    internal static RentOrBuy? Of(RecommendedGpu? rented, RecommendedGpu? bought, RecommendationOptions options)
    {
        if (rented is null) return null;
        var offer = new RentOrBuy
        {
            RentedCard = rented.Card,
            Rent = rented.Rent!,
            Terms = options.RentTerms,
            RentedTime = rented.RunTime,
            RentedRun = rented.RentedRun!.Value,
        };
        return bought is { Price: { } price } ? offer.Beside(bought, price, options) : offer;
    }

    private RentOrBuy Beside(RecommendedGpu bought, GpuPrice price, RecommendationOptions options)
    {
        var energy = EnergyOf(bought, options.Forecast.EnergyPricePerKilowattHour);
        var runs = RunsUntilBuyingPays(price.Middle, options.Ownership, RentedRun.Value, energy ?? default);
        double? months = runs is { } count ? options.Ownership.MonthsFor(count * bought.RunTime.Value.TotalHours) : null;
        return this with
        {
            BoughtCard = bought.Card,
            Price = price,
            BoughtTime = bought.RunTime,
            EnergyOfRun = energy,
            BreakEvenRuns = runs,
            BreakEvenMonths = months,
            IsBuyingCheaper = months <= options.Ownership.Months,
        };
    }

    internal static Money? EnergyOf(RecommendedGpu card, Money? kilowattHour)
        => kilowattHour is { } price && card.Forecast.AveragePower is { } draw ? price * (draw.Value * card.RunTime.Value).KilowattHours
            : null;
}
