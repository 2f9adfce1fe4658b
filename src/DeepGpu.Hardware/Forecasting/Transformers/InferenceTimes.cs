namespace DeepGpu.Hardware.Forecasting;

/// <summary>Adds times to a forecast of inference.</summary>
internal static class InferenceTimes
{
    private const int Steps = 4;

    /// <summary>The interval of a card of a vendor's generation that nobody measured is so much wider.</summary>
    private const double UnknownCard = 1.25, UnknownVendor = 1.5;

    public static InferenceForecast Add(InferenceForecast f, TransformerCalibration data)
    {
        if (!f.Request.Model.IsGenerative) return EncoderTimes.Add(f);
        List<(InferenceEngine Engine, RequestTime Time)> times = [.. EnginesOf(f.Request, f.Card)
            .Select(engine => (engine, Time: Of(f.Request, f.Card, engine, data.Time))).Where(t => t.Time is not null)
                .Select(t => (t.engine, t.Time!))];
        if (times.Count == 0) return f with { Notes = ["No rates are known of this card: time is not forecast."] };
        var (first, step) = (Combined(times, f.Card, data, "prefill", t => t.First), Combined(times, f.Card, data, "decode", t => t.Step));
        var all = Combined(times, f.Card, data, "endtoend", t => t.Total);
        return f with
        {
            TimeToFirstToken = Time(first),
            TimePerToken = Time(step),
            TokensPerSecond = Inverse(step, f.Request.Sequences),
            TotalTime = Time(all),
            Notes = times.Count > 1
                ? [.. f.Notes, $"The engine is not known: the interval spans {string.Join(", ", times.Select(t => t.Engine))}."] : f.Notes,
        };
    }

    /// <summary>A rate from a time: low and high change places.</summary>
    public static Estimate<double> Inverse(Estimate<double> time, double amount)
        => new(amount / time.Value, amount / time.High, amount / time.Low, time.Basis);

    private static InferenceEngine[] EnginesOf(InferenceRequest request, GpuSpec card) => (request.Engine, card.Vendor) switch
    {
        (not InferenceEngine.Unknown, _) => [request.Engine],
        (_, GpuVendor.Nvidia) => [InferenceEngine.PyTorch, InferenceEngine.Vllm, InferenceEngine.TensorRtLlm, InferenceEngine.LlamaCpp],
        (_, GpuVendor.Apple) => [InferenceEngine.PyTorch, InferenceEngine.LlamaCpp],
        _ => [InferenceEngine.PyTorch, InferenceEngine.Vllm, InferenceEngine.LlamaCpp],
    };

    private static RequestTime? Of(InferenceRequest r, GpuSpec card, InferenceEngine engine, double[] c)
    {
        var kind = EngineClasses.Of(engine, card.Vendor, r.Weights.IsWeightOnly, isServer: card.Segment == GpuSegment.DataCenter);
        if (InferenceSettings.Of(r, card, kind) is not { } setting) return null;
        PassTerms Step(double context) => InferenceTerms.Decode(r.Model, r.Weights, Math.Max(1, context), r.Sequences, r.CacheBits);
        var first = InferenceLaw.Prefill(c, setting, InferenceTerms.Prefill(r.Model, r.Weights, Math.Max(1, r.PromptTokens), r.Sequences,
            kind));
        var last = InferenceLaw.Decode(c, setting, Step(r.PromptTokens + r.NewTokens / 2.0));
        var mean = Enumerable.Range(0, Steps)
            .Average(i => InferenceLaw.Decode(c, setting, Step(r.PromptTokens + r.NewTokens * (i + 0.5) / Steps)));
        return new(kind, first, last, first + Math.Max(0, r.NewTokens - 1) * mean);
    }

    private static Estimate<double> Combined(List<(InferenceEngine Engine, RequestTime Time)> times, GpuSpec card,
        TransformerCalibration data,
        string what, Func<RequestTime, double> of)
    {
        List<Estimate<double>> each = [.. times.Select(t =>
        {
            var spread = data.Spread($"{what}.{t.Time.Kind}", $"{what}.{t.Time.Kind.Family()}", what);
            return spread.Around(of(t.Time), x => x, TransformerForecaster.Basis(spread), Wider(card, data));
        })];
        if (each.Count == 1) return each[0];
        return new(Math.Exp(each.Average(e => Math.Log(e.Value))), each.Min(e => e.Low), each.Max(e => e.High),
            "The engine is not known: from the fastest's low to the slowest's high end.");
    }

    private static double Wider(GpuSpec card, TransformerCalibration data)
        => data.Cards.Contains(card.Name) ? 1 : card.Vendor is GpuVendor.Nvidia or GpuVendor.Apple or GpuVendor.Amd ? UnknownCard
            : UnknownVendor;

    private static Estimate<TimeSpan> Time(Estimate<double> seconds)
        => new(TimeSpan.FromSeconds(seconds.Value), TimeSpan.FromSeconds(seconds.Low),
        TimeSpan.FromSeconds(seconds.High), seconds.Basis);

    /// <summary>Times of a request with one engine, in seconds.</summary>
    private sealed record RequestTime(EngineClass Kind, double First, double Step, double Total);
}
