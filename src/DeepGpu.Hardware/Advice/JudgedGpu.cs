namespace DeepGpu.Hardware.Advice;

/// <summary>A card with its forecast, before anything is asked of it.</summary>
internal sealed record JudgedGpu(GpuSpec Card, GpuForecast? Forecast, AdvisedWork Work, GpuPrices Prices)
{
    public const string MemoryRule = "memory";
    public const string TimeRule = "forecast of time";

    /// <summary>What it fails whatever is required: its price and its sale depend on what is asked for.</summary>
    private readonly RequirementFailure? _own = Own(Card, Forecast, Work.Workload);

    public Estimate<TimeSpan> Step => Forecast!.StepTime!.Value;

    /// <summary>What it fails: requirements, and what the model needs.</summary>
    public IReadOnlyList<RequirementFailure> FailuresOf(Requirements rules)
    {
        var failures = rules.Check(Card, Prices);
        return _own is { } own ? [own, .. failures] : failures;
    }

    /// <summary>The card as bought under some requirements, with what the run costs.</summary>
    public RecommendedGpu Priced(RunLength run, RecommendationOptions options, EqualSpeed equal, Requirements asked)
    {
        var price = Of(Prices.ToBuy(Card, asked.Used));
        var card = new RecommendedGpu
        {
            Card = Card,
            Forecast = Forecast!,
            RunTime = run.Time(Step),
            Price = price,
            IsAsFastAsTheFastest = equal.Holds(Step.Value),
            Obstacle = ObstacleOf(asked, price),
        };
        return (Rented(card, options) ?? card) with { BoughtRun = price is null ? null : BoughtRun(card, price, options) };
    }

    /// <summary>The card as rented; null where it is not rented out.</summary>
    public RecommendedGpu? Rented(RunLength run, RecommendationOptions options)
        => Rented(new RecommendedGpu { Card = Card, Forecast = Forecast!, RunTime = run.Time(Step), IsAsFastAsTheFastest = false },
            options);

    private RecommendedGpu? Rented(RecommendedGpu card, RecommendationOptions options)
        => Prices.CheapestRent(card.Card, options.RentTerms, Work.Cards) is { } rent
            ? card with { Rent = rent, RentedRun = RentOrBuy.CostOf(card.RunTime, rent.PerHour(options.RentTerms)!.Value) }
            : null;

    /// <summary>The price of all cards that share the work.</summary>
    private GpuPrice? Of(GpuPrice? one)
        => one is null || Work.Cards == 1 ? one : one with { Low = one.Low * Work.Cards, High = one.High * Work.Cards };

    private static Estimate<Money> BoughtRun(RecommendedGpu card, GpuPrice price, RecommendationOptions options)
    {
        var share = RentOrBuy.CostOf(card.RunTime, options.Ownership.HourOf(price.Middle));
        var energy = RentOrBuy.EnergyOf(card, options.Forecast.EnergyPricePerKilowattHour) ?? default;
        var (low, high) = (card.RunTime.Low / card.RunTime.Value, card.RunTime.High / card.RunTime.Value);
        return new(share.Value + energy, share.Low + energy * low, share.High + energy * high, share.Basis);
    }

    private GpuObstacle? ObstacleOf(Requirements asked, GpuPrice? price) => asked.ObstacleToBuy(Card) ?? Card switch
    {
        { Frameworks.Count: > 0 } when !Card.Frameworks.Contains(MachineLearningFramework.PyTorch) => GpuObstacle.NoFramework,
        _ when Forecast!.Fits != FitVerdict.Fits => GpuObstacle.MayNotFit,
        _ when price is null => GpuObstacle.UnknownPrice,
        _ => (GpuObstacle?)null,
    };

    private static RequirementFailure? Own(GpuSpec card, GpuForecast? forecast, Workload workload) => forecast switch
    {
        null => new("precision", workload.Precision.ToString(), "no units for it"),
        { Fits: FitVerdict.DoesNotFit } => new(MemoryRule, $"{forecast.Memory.Peak}", $"{card.Vram}"),
        { StepTime: null } when workload.UnknownLayers.Count > 0
            => new(TimeRule, "the work of every layer", RequirementFailure.Unknown),
        { StepTime: null } => new(TimeRule, "a rate in single precision", RequirementFailure.Unknown),
        _ => null,
    };
}
