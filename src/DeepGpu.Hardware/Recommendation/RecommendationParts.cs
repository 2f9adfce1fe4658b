using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>The run that times and costs are of.</summary>
/// <param name="Steps">Steps in all.</param>
/// <param name="Text">The run in words, e.g. "5 epochs of 60,000 samples".</param>
/// <param name="IsAssumed">Whether no samples were given, so that a number of steps was assumed.</param>
public sealed record RunLength(double Steps, string Text, bool IsAssumed)
{
    internal static RunLength Of(Workload workload, RecommendationOptions options)
    {
        var (samples, epochs) = (options.Forecast.Samples, options.Forecast.Epochs);
        if (samples is not { } count) return new(options.StepsWithoutSamples,
            Invariant($"{options.StepsWithoutSamples:N0} steps of {workload.BatchSize}"), true);
        var steps = Math.Ceiling((double)count / workload.BatchSize) * epochs;
        return new(steps, Invariant($"{epochs:N0} {(epochs == 1 ? "epoch" : "epochs")} of {count:N0} samples"), false);
    }

    internal Estimate<TimeSpan> Time(Estimate<TimeSpan> step) => new(step.Value * Steps, step.Low * Steps, step.High * Steps, step.Basis);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a model asks of a card.</summary>
/// <param name="Memory">Memory at the peak of a step.</param>
/// <param name="BoundBy">What limits the speed on the fastest card.</param>
/// <param name="Bound">The limit in words, with its figure.</param>
/// <param name="EqualCards">Cards that are as fast as the fastest.</param>
/// <param name="ConsideredCards">Cards that meet the requirements, whether the model fits them or not.</param>
public sealed record WorkloadNeeds(Estimate<ByteSize> Memory, ForecastBound BoundBy, string Bound, int EqualCards, int ConsideredCards)
{
    /// <summary>Whether at least half of the cards hold the model and are equally fast: a dearer one buys nothing.</summary>
    public bool AnyCardWillDo => EqualCards * 2 >= ConsideredCards;
}

/// <summary>Whether a GPU is needed: the run on a processor, and on the fastest card that can be bought.</summary>
/// <param name="Processor">The processor.</param>
/// <param name="OnProcessor">The run on it.</param>
/// <param name="OnGpu">The run on the first pick; without one, on the fastest card.</param>
/// <param name="IsNeeded">Whether the processor takes too long, as <see cref="RecommendationPolicy.Patience"/> and
/// <see cref="RecommendationPolicy.WorthwhileGain"/> say.</param>
public sealed record NeedOfGpu(Processor Processor, Estimate<TimeSpan> OnProcessor, Estimate<TimeSpan> OnGpu, bool IsNeeded)
{
    /// <summary>How many times faster the card is.</summary>
    public double Gain => OnProcessor.Value / OnGpu.Value;
}

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

    /// <summary>It is uncertain whether the model fits.</summary>
    MayNotFit,

    /// <summary>No framework that can run the work is published for it.</summary>
    NoFramework,

    /// <summary>Its price is not known.</summary>
    UnknownPrice,
}

/// <summary>A card that is recommended, and why.</summary>
/// <param name="Kinds">What it is the best in; more than one where one card is.</param>
/// <param name="Gpu">The card.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record GpuPick(IReadOnlyList<GpuPickKind> Kinds, RecommendedGpu Gpu, string Reason);

/// <summary>What a picked card is the best in.</summary>
public enum GpuPickKind
{
    /// <summary>The cheapest that is enough.</summary>
    CheapestEnough,

    /// <summary>The best for the money.</summary>
    BestForTheMoney,

    /// <summary>The fastest within the limits.</summary>
    Fastest,

    /// <summary>The least energy for the run.</summary>
    LeastEnergy,
}
