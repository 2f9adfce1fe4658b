using DeepGpu.Hardware.Advice;
using DeepGpu.Hardware.Scoring;

namespace DeepGpu.Hardware;

/// <summary>Answers which card: for a model by forecasts (<see cref="Recommend(Workload, Requirements, RecommendationOptions)"/>), for a
/// kind of work by what cards can do (<see cref="Rank"/>).</summary>
public sealed class GpuAdvisor
{
    private readonly GpuScorer _scorer;
    private readonly GpuForecaster _forecaster;
    private readonly Lazy<LikeCards> _like;

    /// <summary>Makes an advisor over a catalogue.</summary>
    /// <param name="catalog">The cards.</param>
    /// <param name="scorer">What ranks cards without a model; null for the default criteria.</param>
    /// <param name="forecaster">What forecasts a model, for example one that knows a measurement of your own; null for the
    /// library's.</param>
    public GpuAdvisor(GpuCatalog catalog, GpuScorer? scorer = null, GpuForecaster? forecaster = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (Catalog, _scorer, _forecaster) = (catalog, scorer ?? GpuScorer.Default, forecaster ?? GpuForecaster.Default);
        _like = new(() => new(catalog.Cards));
    }

    /// <summary>The built-in catalogue, scored by the default criteria.</summary>
    public static GpuAdvisor Default { get; } = new(GpuCatalog.Default, GpuScorer.Default);

    /// <summary>The cards that are ranked.</summary>
    public GpuCatalog Catalog { get; }

    /// <summary>Recommends cards for a model: forecasts it on every card, and says what is needed, whether a GPU is, which card, rent or
    /// buy.</summary>
    /// <param name="workload">What a model asks of a card, e.g. from <c>ModelSpec.Training(batchSize)</c>.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    /// <param name="options">What is assumed, and how money and time are weighed; null for the defaults.</param>
    public Recommendation Recommend(Workload workload, Requirements? requirements = null, RecommendationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var assumed = options ?? RecommendationOptions.Default;
        return Recommend(new ModelWork(workload, _forecaster, assumed.Forecast), requirements, assumed);
    }

    /// <summary>Recommends cards for a transformer that answers requests: what memory it needs, how many tokens a second a card makes,
    /// what a million of them cost rented and bought.</summary>
    /// <param name="request">The requests. Of several cards, prices and costs are those of all.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    /// <param name="options">What is assumed, and how money and time are weighed; null for the defaults. Its samples are
    /// requests; without them a run makes a million tokens.</param>
    /// <exception cref="DeepGpuArgumentException">A count of the request is below 1.</exception>
    public Recommendation Recommend(InferenceRequest request, Requirements? requirements = null, RecommendationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assumed = options ?? RecommendationOptions.Default;
        return Recommend(new InferenceWork(request, assumed.Forecast), requirements, assumed);
    }

    /// <summary>Recommends cards for training a transformer, or adapters of it.</summary>
    /// <param name="training">The step. Of several cards, prices and costs are those of all.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    /// <param name="options">What is assumed, and how money and time are weighed; null for the defaults.</param>
    /// <exception cref="DeepGpuArgumentException">A count of the step is below 1.</exception>
    public Recommendation Recommend(TransformerTraining training, Requirements? requirements = null, RecommendationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        var assumed = options ?? RecommendationOptions.Default;
        return Recommend(new TransformerTrainingWork(training, assumed.Forecast), requirements, assumed);
    }

    /// <summary>Ranks every card that can be bought new by itself and meets the requirements, for a kind of work, by what the cards can do.
    /// Others are ranked where <see cref="Requirements.Segment"/>, <see cref="Requirements.SoldAs"/>,
    /// <see cref="Requirements.AnyAvailability"/> or <see cref="Requirements.Used"/> asks for them. For a model:
    /// <see cref="Recommend(Workload, Requirements, RecommendationOptions)"/>.</summary>
    /// <param name="profile">The kind of work.</param>
    /// <param name="goal">Training throughput, inference throughput or latency. Default training.</param>
    /// <param name="precision">The number format of the work. Default Float32.</param>
    /// <param name="requirements">What a card must have. Default none.</param>
    public GpuRanking Rank(WorkloadProfile profile, WorkloadGoal goal = WorkloadGoal.TrainingThroughput,
        NumberFormat precision = NumberFormat.Float32, Requirements? requirements = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var rules = requirements ?? Requirements.None;
        var all = _scorer.Score(Catalog.Cards, _like.Value, profile, goal, precision, Catalog.AsOf);
        var failures = all.Select(scored => FailuresOf(rules, scored.Card)).ToList();
        var failing = all.Zip(failures).Where(pair => pair.Second.Count > 0)
            .ToLookup(pair => pair.Second.All(failure => failure.IsUnknown));
        return new()
        {
            Profile = profile,
            Goal = goal,
            Precision = precision,
            Requirements = rules,
            Passes = (other, card) => FailuresOf(other, card).Count == 0,
            All = all,
            Cards = [.. all.Where((_, place) => failures[place].Count == 0)],
            Rejected = [.. failing[false].Select(pair => new RejectedGpu(pair.First.Card, [.. pair.Second.Where(failure
                => !failure.IsUnknown)]))],
            Unjudged = [.. failing[true].Select(pair => new RejectedGpu(pair.First.Card, pair.Second))],
        };
    }

    private Recommendation Recommend(AdvisedWork work, Requirements? requirements, RecommendationOptions options)
        => new Recommender(Catalog, work, requirements ?? Requirements.None, options).Run();

    /// <summary>What a card fails, whether it can be bought last.</summary>
    private IReadOnlyList<RequirementFailure> FailuresOf(Requirements rules, GpuSpec card)
    {
        var failures = rules.Check(card, Catalog.Prices);
        return rules.ObstacleToBuy(card) is { } obstacle
            ? [.. failures, new(GpuRanking.SaleRule, "sold new, by itself", GpuRanking.Text(obstacle))]
            : failures;
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
        var kind = profile ?? WorkloadProfile.Cnn;
        var scored = _scorer.Score(cards, kind, goal, precision, Catalog.AsOf);
        return GpuComparison.Of(scored.First(s => s.Card == first), scored.First(s => s.Card == second),
            RankingText.Work(kind, goal, precision));
    }

    /// <summary>Two cards side by side, with a model's forecasts on both.</summary>
    /// <param name="first">One card.</param>
    /// <param name="second">The other.</param>
    /// <param name="workload">The model's work.</param>
    /// <param name="options">What the forecasts assume; null for the defaults.</param>
    /// <exception cref="DeepGpuArgumentException">A card has no units for the workload's number format.</exception>
    public GpuComparison Compare(GpuSpec first, GpuSpec second, Workload workload, ForecastOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var goal = workload.Task == WorkloadTask.Training ? WorkloadGoal.TrainingThroughput : WorkloadGoal.InferenceThroughput;
        return Compare(first, second, WorkloadProfile.For(workload), goal, workload.Precision) with
        {
            Work = ModelWork.TextOf(workload),
            Forecasts = (_forecaster.Forecast(workload, first, options), _forecaster.Forecast(workload, second, options)),
        };
    }
}
