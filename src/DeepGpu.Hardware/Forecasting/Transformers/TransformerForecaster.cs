using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Forecasts memory and time of transformers on cards nobody needs to own.</summary>
/// <remarks>The laws and how far they are off are in docs/forecasting.md.</remarks>
public sealed class TransformerForecaster
{
    private const int LongestContext = 1 << 20;
    private const int LargestBatch = 4096;

    private readonly TransformerCalibration _data = TransformerCalibration.Default;
    private readonly OwnInference _own;

    private TransformerForecaster(OwnInference own) => _own = own;

    /// <summary>The forecaster of the built-in calibration.</summary>
    public static TransformerForecaster Default { get; } = new(OwnInference.None);

    /// <summary>A forecaster that also knows a measurement of your own: times of requests on its card are corrected by what measured times
    /// on one card have in common, most of the same model in the same engine, and their intervals are narrower. Memory is not.</summary>
    /// <param name="measurement">What was timed.</param>
    /// <exception cref="DeepGpuArgumentException">Its engine is not named, or the request is impossible.</exception>
    public TransformerForecaster Calibrate(InferenceMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var request = Checked(measurement.Request);
        if (request.Engine == InferenceEngine.Unknown) throw EngineNotNamed();
        if (RequestTimes.Of(request, measurement.Card, request.Engine, _data.Time) is not { } plain) return this;
        return new(_own.With(new(measurement with { Request = request }, plain.Kind, Excess(plain.Step, measurement.TimePerToken),
            Excess(plain.First, measurement.TimeToFirstToken))));
    }

    /// <summary>Forecasts requests on a card.</summary>
    /// <param name="request">What is asked for. Weights in a GGUF format run in llama.cpp where no engine is named.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="DeepGpuArgumentException">A count is below 1, or the model makes no text.</exception>
    public InferenceForecast Forecast(InferenceRequest request, GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var r = Checked(request);
        var memory = TransformerMemoryLaw.Inference(_data.Memory, r);
        var spread = _data.Spread("memory." + MemoryKind(r.Engine), "memory.torch");
        var probability = TransformerFit.Probability(memory, spread, card);
        var plain = new InferenceForecast
        {
            Request = r,
            Card = card,
            Memory = memory,
            PeakMemory = spread.Around(memory.Total.Bytes, Bytes, Basis(spread)),
            ProbabilityThatItFits = probability,
            Fits = TransformerFit.Verdict(probability),
            LargestContext = TransformerFit.Largest(context => InferenceAt(r with { PromptTokens = context, NewTokens = 0 }), spread, card,
                Math.Max(r.Context, r.Model.ContextLength ?? LongestContext)),
            LargestBatch = TransformerFit.Largest(count => InferenceAt(r with { Sequences = count }), spread, card, LargestBatch),
        };
        return InferenceTimes.Add(plain, _data, _own);
    }

    /// <summary>Forecasts a step of training on a card.</summary>
    /// <param name="training">The step.</param>
    /// <param name="card">The card, or one of several.</param>
    /// <exception cref="DeepGpuArgumentException">A count is below 1.</exception>
    public TransformerTrainingForecast Forecast(TransformerTraining training, GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var t = Checked(training);
        var memory = TransformerMemoryLaw.Training(_data.Memory, t);
        var spread = _data.Spread("memory.fine-tuning");
        var probability = TransformerFit.Probability(memory, spread, card);
        var time = StepTime(t, card);
        return new()
        {
            Training = t,
            Card = card,
            Memory = memory,
            PeakMemory = spread.Around(memory.Total.Bytes, Bytes, Basis(spread)),
            ProbabilityThatItFits = probability,
            Fits = TransformerFit.Verdict(probability),
            StepTime = time is { } step ? SecondsEstimate.Span(step) : null,
            TokensPerSecond = time is { } s ? SecondsEstimate.Inverse(s, t.TokensPerStep * t.Cards) : null,
            SamplesPerSecond = time is { } second ? SecondsEstimate.Inverse(second, t.SamplesPerStep * t.Cards) : null,
            LargestBatch = TransformerFit.Largest(count => TransformerMemoryLaw.Training(_data.Memory, t with { BatchSize = count }),
                spread, card, LargestBatch),
        };
    }

    /// <summary>Seconds of a step; null where the card's rates are not known.</summary>
    private Estimate<double>? StepTime(TransformerTraining t, GpuSpec card)
    {
        if (VisionModel.IsOf(t.Model) && t is { Method: FineTuning.Full, Cards: 1 }) return VisionTimes.Of(VisionTimes.Data, new()
        {
            Model = VisionModel.Of(t.Model),
            BatchSize = t.BatchSize,
            Precision = t.Precision,
            Trains = true,
        }, card);
        var recipe = TransformerTrainingLaw.RecipeOf(t);
        var spread = _data.Spread($"training.{recipe}", "training");
        return TransformerTrainingLaw.Seconds(_data.Training, t, recipe, card) is { } seconds
            ? spread.Around(seconds, x => x, Basis(spread)) : null;
    }

    private TransformerMemory InferenceAt(InferenceRequest request) => TransformerMemoryLaw.Inference(_data.Memory, request);

    private static InferenceRequest Checked(InferenceRequest r)
    {
        ArgumentNullException.ThrowIfNull(r);
        const string owner = nameof(InferenceRequest);
        Require.AtLeast(r.PromptTokens, 0, owner);
        Require.AtLeast(r.NewTokens, 0, owner);
        Require.AtLeast(r.Context, 1, owner);
        Require.AtLeast(r.Sequences, 1, owner);
        Require.AtLeast(r.Cards, 1, owner);
        Require.InRange(Require.Positive(r.CacheBits, owner), 1, 32, owner);
        if (!r.Model.IsGenerative) r = r with { PromptTokens = r.Model.FixedInputLength ?? r.Context, NewTokens = 0 };
        return r.Engine == InferenceEngine.Unknown && r.Weights.IsGguf ? r with { Engine = InferenceEngine.LlamaCpp } : r;
    }

    private static double? Excess(double forecast, TimeSpan? measured)
        => measured is { } time ? Math.Log(forecast / time.TotalSeconds) : null;

    private static DeepGpuArgumentException EngineNotNamed() => new(new(
        "engine_not_named",
        "A measurement of inference must name the engine that ran it,",
        $"but {nameof(InferenceRequest)}.{nameof(InferenceRequest.Engine)} is {InferenceEngine.Unknown}.",
        "Set it, e.g. to InferenceEngine.Vllm."), nameof(InferenceMeasurement));

    private static TransformerTraining Checked(TransformerTraining t)
    {
        ArgumentNullException.ThrowIfNull(t);
        const string owner = nameof(TransformerTraining);
        Require.AtLeast(t.BatchSize, 1, owner);
        Require.AtLeast(t.SequenceLength, 1, owner);
        Require.AtLeast(t.Rank, 1, owner);
        Require.AtLeast(t.Cards, 1, owner);
        Require.AtLeast(t.AccumulatedSteps, 1, owner);
        Require.AtLeast(t.SampleLength ?? 1, 1, owner);
        Require.AtLeast(t.OptimizerBytes, 0, owner);
        return t.Model is { IsGenerative: false, FixedInputLength: { } tokens } ? t with { SequenceLength = tokens } : t;
    }

    private static string MemoryKind(InferenceEngine engine) => engine == InferenceEngine.LlamaCpp ? "llama.cpp" : "torch";

    private static ByteSize Bytes(double value) => ByteSize.FromBytes((long)value);

    internal static string Basis(ResidualSpread spread) => FormattableString.Invariant(
        $"{spread.Rows} measured rows, each left out of the fit, are off by {spread.MeanErrorPercent:0.#} % on average; ")
        + "80 of 100 lie in the interval.";
}
