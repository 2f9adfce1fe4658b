namespace DeepGpu.Hardware;

/// <summary>Ranks the cards of a catalogue for a workload.</summary>
public sealed class GpuAdvisor
{
    private readonly GpuScorer _scorer;

    /// <summary>Makes an advisor over a catalogue.</summary>
    public GpuAdvisor(GpuCatalog catalog, GpuScorer scorer)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scorer);
        (Catalog, _scorer) = (catalog, scorer);
    }

    /// <summary>The built-in catalogue, scored by the default criteria.</summary>
    public static GpuAdvisor Default { get; } = new(GpuCatalog.Default, GpuScorer.Default);

    /// <summary>The cards that are ranked.</summary>
    public GpuCatalog Catalog { get; }

    /// <summary>Ranks every card that meets the requirements, for a model's work: its profile is that of its operations.</summary>
    /// <param name="workload">What a model asks of a card.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    public Recommendation Recommend(Workload workload, Requirements? requirements = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var goal = workload.Task == WorkloadTask.Training ? WorkloadGoal.TrainingThroughput : WorkloadGoal.InferenceThroughput;
        return Recommend(WorkloadProfile.For(workload), goal, workload.Precision, requirements) with { Workload = workload };
    }

    /// <summary>Ranks every card that meets the requirements, for a model and a number of samples: by its forecast on each card,
    /// merged with the capability score.</summary>
    /// <param name="workload">What a model asks of a card.</param>
    /// <param name="requirements">What a card must have; null for nothing.</param>
    /// <param name="samples">Samples an epoch goes through, at least 1.</param>
    /// <param name="epochs">Epochs, at least 1. Default 1.</param>
    public ModelRecommendation Recommend(Workload workload, Requirements? requirements, long samples, int epochs = 1)
        => Recommend(workload, requirements, new ForecastOptions { Samples = samples, Epochs = epochs });

    /// <summary>Ranks every card that meets the requirements, for a model: by its forecast on each card,
    /// merged with the capability score.</summary>
    /// <param name="workload">What a model asks of a card.</param>
    /// <param name="requirements">What a card must have; null for nothing.</param>
    /// <param name="options">Samples, epochs, prices, power limit.</param>
    /// <param name="forecaster">What forecasts, for example one that knows a measurement of your own; null for the library's.</param>
    public ModelRecommendation Recommend(Workload workload, Requirements? requirements, ForecastOptions options,
        GpuForecaster? forecaster = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(options);
        return ModelChoice.Of(Recommend(workload, requirements), workload, options, forecaster ?? GpuForecaster.Default);
    }

    /// <summary>Ranks every card that meets the requirements, for a kind of work.</summary>
    /// <param name="profile">The kind of work.</param>
    /// <param name="goal">Training throughput, inference throughput or latency. Default training.</param>
    /// <param name="precision">The number format of the work. Default Float32.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    public Recommendation Recommend(WorkloadProfile profile, WorkloadGoal goal = WorkloadGoal.TrainingThroughput,
        NumberFormat precision = NumberFormat.Float32, Requirements? requirements = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var rules = requirements ?? Requirements.None;
        var all = _scorer.Score(Catalog.Cards, profile, goal, precision, Catalog.AsOf);
        var failures = all.Select(scored => rules.Check(scored.Card)).ToList();
        return new()
        {
            Profile = profile,
            Goal = goal,
            Precision = precision,
            Requirements = rules,
            All = all,
            Cards = [.. all.Where((_, place) => failures[place].Count == 0)],
            Rejected = [.. all.Zip(failures).Where(pair => pair.Second.Count > 0)
                .Select(pair => new RejectedGpu(pair.First.Card, pair.Second))],
        };
    }

    /// <summary>Two cards side by side, with their scores for a kind of work.</summary>
    /// <param name="first">One card.</param>
    /// <param name="second">The other.</param>
    /// <param name="profile">The kind of work. Default <see cref="WorkloadProfile.Cnn"/>.</param>
    /// <param name="goal">Training throughput, inference throughput or latency. Default training.</param>
    /// <param name="precision">The number format of the work. Default Float32.</param>
    public GpuComparison Compare(GpuSpec first, GpuSpec second, WorkloadProfile? profile = null,
        WorkloadGoal goal = WorkloadGoal.TrainingThroughput, NumberFormat precision = NumberFormat.Float32)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        GpuSpec[] cards = [.. Catalog.Cards.Where(card => card != first && card != second), first,
            .. second == first ? [] : new[] { second }];
        var scored = _scorer.Score(cards, profile ?? WorkloadProfile.Cnn, goal, precision, Catalog.AsOf);
        return GpuComparison.Of(scored.First(s => s.Card == first), scored.First(s => s.Card == second));
    }
}
