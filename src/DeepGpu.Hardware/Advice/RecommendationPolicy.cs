namespace DeepGpu.Hardware;

/// <summary>What counts as fast enough, and how money, time and energy are weighed. Presets: <see cref="Value"/>, <see cref="Cheapest"/>,
/// <see cref="Fastest"/>, <see cref="LeastEnergy"/>.</summary>
/// <remarks>A card's cost for a run is its hours times (price over its useful hours + electricity + the worth of an hour of waiting),
/// divided by the share of software that runs on it (<see cref="SoftwareCriterion"/>) where that is weighed. Cards that are equal in
/// speed take the same hours.</remarks>
public sealed record RecommendationPolicy
{
    /// <summary>The best for the money: an hour of waiting is worth 20 cents. The default.</summary>
    public static RecommendationPolicy Value { get; } = new();

    /// <summary>The least money, however long it takes.</summary>
    public static RecommendationPolicy Cheapest { get; } = new() { Aim = RecommendationAim.Price };

    /// <summary>The least time; among equals the cheapest.</summary>
    public static RecommendationPolicy Fastest { get; } = new() { Aim = RecommendationAim.Speed };

    /// <summary>The least energy for the run; among equals the cheapest.</summary>
    public static RecommendationPolicy LeastEnergy { get; } = new() { Aim = RecommendationAim.Energy };

    /// <summary>What the first card is the best in. Default the cost of a run.</summary>
    public RecommendationAim Aim { get; init; }

    /// <summary>Cards whose step takes at most this many times what the host allows are equal in speed. Default 1.2, at least 1.</summary>
    public double EqualWithin { get; init => field = Require.AtLeast(value, 1, nameof(RecommendationPolicy), nameof(EqualWithin)); } = 1.2;

    /// <summary>A card is enough where a run takes at most this many times as long as on the fastest that can be bought. Default 10, at
    /// least 1.</summary>
    public double EnoughSlowdown
    {
        get; init
        => field = Require.AtLeast(value, 1, nameof(RecommendationPolicy), nameof(EnoughSlowdown));
    } = 10;

    /// <summary>The longest a run may take; null for no limit of its own. Then it decides what is enough, not
    /// <see cref="EnoughSlowdown"/>.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What an hour of waiting for a run is worth. Default $0.20.</summary>
    public Money HourOfWaiting
    {
        get; init
        => field = Money.FromDollars(Require.AtLeast(value.Dollars, 0, nameof(RecommendationPolicy), nameof(HourOfWaiting)));
    }
        = Money.FromDollars(0.2);

    /// <summary>A processor suffices where it ends the run within this time. Default 10 minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A processor suffices, too, where the best card is at most this many times as fast. Default 2, at least 1.</summary>
    public double WorthwhileGain
    {
        get; init
        => field = Require.AtLeast(value, 1, nameof(RecommendationPolicy), nameof(WorthwhileGain));
    } = 2;

    /// <summary>Whether a platform on which less runs makes a card count as dearer. Default true.</summary>
    public bool WeighsMaturity { get; init; } = true;
}

/// <summary>What the first card of a recommendation is the best in.</summary>
public enum RecommendationAim
{
    /// <summary>The cost of a run, waiting included.</summary>
    Cost,

    /// <summary>The price of the card.</summary>
    Price,

    /// <summary>Time.</summary>
    Speed,

    /// <summary>Energy.</summary>
    Energy,
}
