namespace DeepGpu.Hardware.Advice;

/// <summary>Puts cards in the order of a policy and picks among them.</summary>
internal sealed class PolicyOrder(RecommendationOptions options, RunLength run, AdvisedWork work)
{
    private readonly RecommendationPolicy _policy = options.Policy;

    /// <summary>Those that may be picked by the policy, then the others by speed.</summary>
    public IReadOnlyList<RecommendedGpu> Sorted(IReadOnlyList<RecommendedGpu> cards)
    {
        List<RecommendedGpu> free = [.. cards.Where(card => card.Obstacle is null)];
        var equal = Equal(free);
        return
        [
            .. free.OrderBy(card => Rank(card, _policy.Aim, equal)).ThenBy(card => card.Price!.Middle.Dollars)
                .ThenBy(card => card.Card.Name, StringComparer.Ordinal),
            .. cards.Where(card => card.Obstacle is not null).OrderBy(card => card.RunTime.Value)
                .ThenBy(card => card.Card.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The card of the policy first, then the cheapest that is enough, the best for the money and the fastest, which is no slower
    /// than these; one card once.</summary>
    public IReadOnlyList<GpuPick> Picks(IReadOnlyList<RecommendedGpu> cards)
    {
        List<RecommendedGpu> free = [.. cards.Where(card => card.Obstacle is null)];
        if (free.Count == 0) return [];
        var equal = Equal(free);
        var cheapest = Best(Enough(free, equal), RecommendationAim.Price, equal);
        var value = Best(free, RecommendationAim.Cost, equal);
        var quick = cheapest.RunTime.Value < value.RunTime.Value ? cheapest.RunTime.Value : value.RunTime.Value;
        List<(GpuPickKind Kind, RecommendedGpu Gpu)> found =
        [
            (GpuPickKind.CheapestEnough, cheapest),
            (GpuPickKind.BestForTheMoney, value),
            (GpuPickKind.Fastest, Best(free.Where(card => card.RunTime.Value <= quick), RecommendationAim.Speed, equal)),
        ];
        if (_policy.Aim == RecommendationAim.Energy) found.Insert(0, (GpuPickKind.LeastEnergy,
            Best(free, RecommendationAim.Energy, equal)));
        var first = First(_policy.Aim);
        return [.. found.OrderBy(pick => pick.Kind == first ? 0 : 1).GroupBy(pick => pick.Gpu.Card).Take(3)
            .Select(same => Pick(same, found))];
    }

    private GpuPick Pick(IGrouping<GpuSpec, (GpuPickKind Kind, RecommendedGpu Gpu)> same, List<(GpuPickKind Kind, RecommendedGpu Gpu)> all)
    {
        List<GpuPickKind> kinds = [.. same.Select(pick => pick.Kind).Order()];
        var gpu = same.First().Gpu;
        var fastest = all.First(pick => pick.Kind == GpuPickKind.Fastest).Gpu;
        return new(kinds, gpu, PickReasons.Of(kinds, gpu, fastest, options.Day));
    }

    /// <summary>Cards that end the run in time: by the deadline, or not too far behind the fastest.</summary>
    private List<RecommendedGpu> Enough(List<RecommendedGpu> free, EqualSpeed equal)
    {
        var most = _policy.Deadline ?? run.Time(equal.Fastest).Value * _policy.EnoughSlowdown;
        List<RecommendedGpu> enough = [.. free.Where(card => card.RunTime.Value <= most)];
        return enough.Count > 0 ? enough : free;
    }

    private RecommendedGpu Best(IEnumerable<RecommendedGpu> cards, RecommendationAim aim, EqualSpeed equal)
        => cards.OrderBy(card => Rank(card, aim, equal)).ThenBy(card => PriceOf(card))
            .ThenBy(card => card.Card.Name, StringComparer.Ordinal).First();

    private EqualSpeed Equal(IEnumerable<RecommendedGpu> free)
        => free.MinBy(card => card.RunTime.Value) is { } fastest ? new(fastest.Forecast, _policy, work) : default;

    private double Rank(RecommendedGpu card, RecommendationAim aim, EqualSpeed equal) => aim switch
    {
        RecommendationAim.Price => PriceOf(card),
        RecommendationAim.Speed => Hours(card, equal),
        RecommendationAim.Energy => card.Forecast.AveragePower is { } draw ? draw.Value.Watts * Hours(card, equal) : double.MaxValue,
        _ => Cost(card, equal),
    };

    private double Cost(RecommendedGpu card, EqualSpeed equal)
    {
        var energy = options.Forecast.EnergyPricePerKilowattHour is { } price && card.Forecast.AveragePower is { } draw
            ? price.Dollars * draw.Value.Watts / 1000 : 0;
        return Hours(card, equal) * (options.Ownership.HourOf(card.Price!.Middle).Dollars + energy
            + _policy.HourOfWaiting.Dollars) / Maturity(card);
    }

    private double PriceOf(RecommendedGpu card) => card.Price!.Middle.Dollars / Maturity(card);

    private double Hours(RecommendedGpu card, EqualSpeed equal)
        => (equal.Holds(card.Forecast.StepTime!.Value.Value) ? run.Time(equal.Fastest).Value : card.RunTime.Value).TotalHours;

    private double Maturity(RecommendedGpu card)
        => _policy.WeighsMaturity && SoftwareCriterion.ShareThatRuns(card.Card) is { } share ? share : 1;

    private static GpuPickKind First(RecommendationAim aim) => aim switch
    {
        RecommendationAim.Price => GpuPickKind.CheapestEnough,
        RecommendationAim.Speed => GpuPickKind.Fastest,
        RecommendationAim.Energy => GpuPickKind.LeastEnergy,
        _ => GpuPickKind.BestForTheMoney,
    };
}
