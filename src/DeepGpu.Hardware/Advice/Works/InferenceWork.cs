using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Advice;

/// <summary>A transformer that answers requests: a step is a request, from its prompts to its last token.</summary>
internal sealed class InferenceWork(InferenceRequest request, ForecastOptions options) : TransformerWork(options)
{
    /// <summary>What a run makes where no requests are counted: what language models are priced by.</summary>
    private const double TokensOfARun = 1e6;

    private const double BytesAnElement = 4;
    private const double ShortCacheBits = 8;

    private static readonly WeightFormat[] Shorter = [WeightFormat.Find("int8"), WeightFormat.Find("q4_k_m")];

    private readonly Lazy<Workload> _workload = new(() => WorkloadOf(request));

    public override Workload Workload => _workload.Value;

    public override string Text => Invariant(
        $"'{PrintableText.Of(request.Model.Name)}' ({Precision}, {request.Context:N0} tokens{Sequences})");

    public override string Precision => request.Weights.Name;

    public override string StepWord => "request";

    public override int Cards => request.Cards;

    public override ByteSize Peak => Forecast(GpuCatalog.Default.Cards[0]).PeakMemory.Value;

    public override IReadOnlyList<string> Unknown => !SpansEngines ? []
        : ["the program that runs it, which decides speed by up to five times: the times span those that were measured"];

    public override IEnumerable<(string Text, AdvisedWork Work)> Alternatives => Shorter
        .Where(format => format.Size(request.Model) < request.Weights.Size(request.Model))
        .Select(format => ($"with weights in {format}", (AdvisedWork)With(request with { Weights = format })));

    /// <summary>Whether the time is that of any engine: none is named, and stored weights do not name it.</summary>
    private bool SpansEngines => request.Engine == InferenceEngine.Unknown && !request.Weights.IsGguf && !VisionModel.IsOf(request.Model);

    private string Sequences => request.Sequences > 1 ? Invariant($", {request.Sequences} sequences") : "";

    public override GpuForecast? On(GpuSpec card)
    {
        var f = Forecast(card);
        var isReading = !request.Model.IsGenerative || f.TimeToFirstToken?.Value * 2 > f.TotalTime?.Value;
        var bound = isReading ? ForecastBound.Compute : ForecastBound.Memory;
        var plain = Of(card, f.Memory, f.PeakMemory, f.Fits) with
        {
            ProbabilityThatItFits = f.ProbabilityThatItFits,
            Notes = f.Notes,
            TokensPerStep = request.Model.IsGenerative ? (double)request.NewTokens * request.Sequences : null,
        };
        return Timed(plain, f.TotalTime, f.TokensPerSecond, bound,
            Workload.Operations.Sum(operation => operation.ForwardElements) * BytesAnElement);
    }

    public override AdvisedWork AtBatch(int batch) => With(request with { Sequences = batch });

    public override AdvisedWork AtPowerLimit(Power limit) => new InferenceWork(request, Options with { PowerLimit = limit });

    public override RunLength Run(RecommendationOptions options)
    {
        if (options.Forecast.Samples is null && request is { NewTokens: > 0, Model.IsGenerative: true })
            return new(TokensOfARun / request.NewTokens / request.Sequences, "1,000,000 tokens made", true);
        var run = base.Run(options);
        return run with { Text = run.Text.Replace(run.IsAssumed ? "steps" : "samples", "requests", StringComparison.Ordinal) };
    }

    /// <summary>Engines differ more than cards do: those that are compared run one engine, so that its interval counts.</summary>
    public override TimeSpan EqualUpTo(GpuForecast fastest)
    {
        if (!SpansEngines) return base.EqualUpTo(fastest);
        var one = With(request with { Engine = InferenceEngine.PyTorch }).Forecast(fastest.Card).TotalTime;
        return one is { } time ? fastest.StepTime!.Value.Value * (time.High / time.Value) : base.EqualUpTo(fastest);
    }

    public override IReadOnlyList<FitRemedy> Remedies(GpuSpec card)
    {
        var now = Forecast(card);
        List<(FitRemedyKind Kind, string Text, InferenceRequest Request)> changes = [];
        if (now.LargestBatch is { } batch && batch < request.Sequences)
            changes.Add((FitRemedyKind.SmallerBatch, Invariant($"{batch} sequences at once"), request with { Sequences = batch }));
        if (now.LargestContext is { } context && context < request.Context) changes.Add(Shortened(context));
        if (request.CacheBits > ShortCacheBits)
            changes.Add((FitRemedyKind.LowerPrecision, "the cache in 8 bits", request with { CacheBits = ShortCacheBits }));
        foreach (var format in Shorter.Where(format => format.Size(request.Model) < request.Weights.Size(request.Model)))
            changes.Add((FitRemedyKind.LowerPrecision, $"weights in {format}", request with { Weights = format }));
        return [.. changes.Select(change => IfItFits(change.Kind, change.Text, change.Request, card)).Append(MoreCards(card))
            .OfType<FitRemedy>()];
    }

    public override FitRemedy? MoreCards(GpuSpec card)
        => CardsThatHold(request.Cards, count => With(request with { Cards = count }).Forecast(card).Fits) is not { } cards ? null
            : IfItFits(FitRemedyKind.MoreCards, $"{cards} {card.Name}", request with { Cards = cards }, card);

    protected override int? LargestBatch(GpuSpec card) => Forecast(card).LargestBatch;

    private (FitRemedyKind Kind, string Text, InferenceRequest Request) Shortened(int context)
    {
        var made = Math.Min(request.NewTokens, Math.Max(0, context - 1));
        return (FitRemedyKind.ShorterContext, Invariant($"{context:N0} tokens"),
            request with { PromptTokens = context - made, NewTokens = made });
    }

    private FitRemedy? IfItFits(FitRemedyKind kind, string text, InferenceRequest changed, GpuSpec card)
    {
        var f = With(changed).Forecast(card);
        return IfItFits(kind, text, f.Fits, f.PeakMemory.Value, f.TotalTime);
    }

    private InferenceForecast Forecast(GpuSpec card) => TransformerForecaster.Default.Forecast(request, card);

    private InferenceWork With(InferenceRequest changed) => new(changed, Options);

    /// <summary>The prompts' pass and the tokens' steps, an operation for each layer; bytes of short weights count as they are.</summary>
    private static Workload WorkloadOf(InferenceRequest r)
    {
        var (model, made) = (r.Model, r.Model.IsGenerative ? Math.Max(0, r.NewTokens - 1) : 0);
        var step = InferenceTerms.Decode(model, r.Weights, r.PromptTokens + r.NewTokens / 2.0, r.Sequences, r.CacheBits);
        var prompt = model.PrefillFlops(Math.Max(1, model.IsGenerative ? r.PromptTokens : r.Context), r.Sequences);
        var layers = model.Layers + model.EncoderLayers;
        return new()
        {
            Name = model.Name,
            Task = WorkloadTask.Inference,
            BatchSize = r.Sequences,
            Precision = r.Weights.Arithmetic,
            ParameterCount = model.ParameterCount,
            TrainableParameterCount = 0,
            Operations =
            [
                .. Layers("prompt", layers, prompt, 0, r.Weights.Size(model).Bytes / BytesAnElement, 0, 1),
                .. made == 0 ? [] : Layers("tokens", model.Layers, step.ProductFlops * made, 0,
                    (step.WeightBytes + step.CacheBytes) * made / BytesAnElement, 0, made),
            ],
        };
    }
}
