namespace DeepGpu.Hardware;

/// <summary>A card that is recommended, and why.</summary>
/// <param name="Kinds">What it is the best in; more than one where one card is.</param>
/// <param name="Gpu">The card.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record GpuPick(IReadOnlyList<GpuPickKind> Kinds, RecommendedGpu Gpu, string Reason)
{
    /// <summary>The power limit that saves most energy for at most a tenth more time; null where none saves a twentieth, or where a limit
    /// was given.</summary>
    public LowerPowerLimit? LowerLimit { get; init; }
}

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
