namespace DeepGpu.Hardware.Forecasting;

/// <summary>Times of a request with one engine, in seconds, and what measurements of the user's own say of them.</summary>
/// <param name="Kind">The engine's class.</param>
/// <param name="First">Reading the prompts.</param>
/// <param name="Step">Between two tokens, in the middle of the answer.</param>
/// <param name="Steps">All tokens after the first.</param>
internal sealed record RequestTimes(EngineClass Kind, double First, double Step, double Steps)
{
    private const int Parts = 4;

    public TimeCorrection Prefill { get; private init; } = TimeCorrection.None;

    public TimeCorrection Decode { get; private init; } = TimeCorrection.None;

    /// <summary>How a card is used while tokens are made.</summary>
    public CardLoad Load { get; private init; }

    public double Total => First + Steps;

    /// <summary>How much of the interval's width is left of the whole: that of the part that is known less.</summary>
    public double Narrowing => Math.Max(Prefill.Narrowing, Decode.Narrowing);

    /// <summary>The times of a request; null where the card states no rate.</summary>
    public static RequestTimes? Of(InferenceRequest r, GpuSpec card, InferenceEngine engine, double[] c)
    {
        var kind = KindOf(r, card, engine);
        if (InferenceSettings.Of(r, card, kind) is not { } setting) return null;
        PassTerms Prompt(double count) => InferenceTerms.Prefill(r.Model, r.Weights, Math.Max(1, r.PromptTokens), count, kind);
        double Step(double context)
        {
            var step = InferenceTerms.Decode(r.Model, r.Weights, Math.Max(1, context), r.Sequences, r.CacheBits);
            return r.IsServed ? InferenceLaw.Serve(c, setting, step, Prompt(1), r.NewTokens) : InferenceLaw.Decode(c, setting, step);
        }

        var first = InferenceLaw.Prefill(c, setting, Prompt(r.IsServed ? 1 : r.Sequences));
        var mean = Enumerable.Range(0, Parts).Average(i => Step(r.PromptTokens + r.NewTokens * (i + 0.5) / Parts));
        var middle = Step(r.PromptTokens + r.NewTokens / 2.0);
        return new(kind, first, middle, Math.Max(0, r.NewTokens - 1) * mean)
        {
            Load = InferencePower.Load(setting, InferenceTerms.Decode(r.Model, r.Weights, Math.Max(1, r.PromptTokens + r.NewTokens / 2.0),
                r.Sequences, r.CacheBits), r.IsServed ? Prompt(1).ProductFlops * r.Sequences / Math.Max(1, r.NewTokens) : 0, middle),
        };
    }

    /// <summary>The class of an engine that runs a request on a card.</summary>
    public static EngineClass KindOf(InferenceRequest r, GpuSpec card, InferenceEngine engine)
        => EngineClasses.Of(engine, card.Vendor, r.Weights.IsWeightOnly, isServer: card.Segment == GpuSegment.DataCenter);

    /// <summary>These times as measurements of the user's own correct them.</summary>
    public RequestTimes With(TimeCorrection prefill, TimeCorrection decode) => this with
    {
        First = First * Math.Exp(-prefill.Excess),
        Step = Step * Math.Exp(-decode.Excess),
        Steps = Steps * Math.Exp(-decode.Excess),
        Prefill = prefill,
        Decode = decode,
    };
}
