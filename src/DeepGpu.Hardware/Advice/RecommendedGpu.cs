namespace DeepGpu.Hardware;

/// <summary>A card that meets every requirement and that the model fits, or may fit.</summary>
public sealed record RecommendedGpu
{
    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>What the model needs on it.</summary>
    public required GpuForecast Forecast { get; init; }

    /// <summary>The run on it.</summary>
    public required Estimate<TimeSpan> RunTime { get; init; }

    /// <summary>What it costs to buy; null where no price is known.</summary>
    public GpuPrice? Price { get; init; }

    /// <summary>What the run costs on a bought card: its share of the price, and energy where its price was given; null where no price is
    /// known.</summary>
    public Estimate<Money>? BoughtRun { get; init; }

    /// <summary>The cheapest offer to rent it; null where none is known.</summary>
    public GpuRent? Rent { get; init; }

    /// <summary>What the run costs on it rented: a renter pays no electricity; null where no rent is known.</summary>
    public Estimate<Money>? RentedRun { get; init; }

    /// <summary>Tokens of a transformer for a dollar of rent; null where no rent is known and of what is no transformer.</summary>
    public double? TokensPerRentedDollar => RentedRun is { Value.Dollars: > 0 and var dollars } && Forecast.TokensPerStep is { } tokens
        ? tokens * (RunTime.Value / Forecast.StepTime!.Value.Value) / dollars : null;

    /// <summary>Whether it is as fast as the fastest: within the fastest's interval, or within 20 % of what the host allows.</summary>
    public required bool IsAsFastAsTheFastest { get; init; }

    /// <summary>Why it is not picked, whatever its speed; null where it may be.</summary>
    public GpuObstacle? Obstacle { get; init; }
}

/// <summary>Why a card is not picked.</summary>
public enum GpuObstacle
{
    /// <summary>It is no longer sold, and used cards were not asked for.</summary>
    Discontinued,

    /// <summary>It is not sold yet, or never was.</summary>
    NotOnSale,

    /// <summary>It comes only in servers, laptops or computers, or by renting.</summary>
    NotSoldSingly,

    /// <summary>It is sold in one country alone, and that is not the one asked for.</summary>
    SoldElsewhere,

    /// <summary>It is uncertain whether the model fits.</summary>
    MayNotFit,

    /// <summary>No framework that can run the work is published for it.</summary>
    NoFramework,

    /// <summary>Its price is not known.</summary>
    UnknownPrice,
}
