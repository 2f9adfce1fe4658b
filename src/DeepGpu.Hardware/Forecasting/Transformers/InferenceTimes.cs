namespace DeepGpu.Hardware.Forecasting;

/// <summary>Adds times to a forecast of inference.</summary>
internal static class InferenceTimes
{
    /// <summary>The interval of a card of a vendor's generation that nobody measured is so much wider.</summary>
    private const double UnknownCard = 1.25, UnknownVendor = 1.5;

    public static InferenceForecast Add(InferenceForecast f, TransformerCalibration data, OwnInference own)
    {
        if (!f.Request.Model.IsGenerative) return EncoderTimes.Add(f);
        List<(InferenceEngine Engine, RequestTimes Time)> times = [.. EnginesOf(f.Request, f.Card)
            .Select(engine => (engine, Time: Of(f, engine, data, own))).Where(t => t.Time is not null).Select(t => (t.engine, t.Time!))];
        if (times.Count == 0) return f with { Notes = [SecondsEstimate.NoRates] };
        var step = Combined(times, f.Card, data, f.Request.IsServed ? "serving" : "decode", t => t.Step, t => t.Decode.Narrowing);
        return Energy(f with
        {
            TimeToFirstToken = SecondsEstimate.Span(Combined(times, f.Card, data, "prefill", t => t.First, t => t.Prefill.Narrowing)),
            TimePerToken = SecondsEstimate.Span(step),
            TokensPerSecond = SecondsEstimate.Inverse(step, f.Request.Sequences),
            TotalTime = SecondsEstimate.Span(Combined(times, f.Card, data, "endtoend", t => t.Total, t => t.Narrowing)),
            Notes = times.Count > 1
                ? [.. f.Notes, $"The engine is not known: the interval spans {string.Join(", ", times.Select(t => t.Engine))}."] : f.Notes,
        }, times, data);
    }

    /// <summary>Adds draw and energy where one engine is known.</summary>
    private static InferenceForecast Energy(InferenceForecast f, List<(InferenceEngine Engine, RequestTimes Time)> times,
        TransformerCalibration data)
    {
        if (times.Count != 1 || InferencePower.Watts(data.Power, times[0].Time.Load, f.Card) is not { } one) return f;
        var spread = data.Spread("power");
        var draw = spread.Around(one * f.Request.Cards, Power.FromWatts, TransformerForecaster.Basis(spread), Wider(f.Card, data));
        var rate = f.TokensPerSecond!.Value;
        var joules = draw.Value.Watts / rate.Value;
        return f with
        {
            AveragePower = draw,
            EnergyPerToken = new(DeepGpu.Energy.FromJoules(joules),
                DeepGpu.Energy.FromJoules(joules * Combined(draw.Low.Watts / draw.Value.Watts, rate.Value / rate.High)),
                DeepGpu.Energy.FromJoules(joules / Combined(draw.Value.Watts / draw.High.Watts, rate.Low / rate.Value)),
                $"{rate.Basis} {draw.Basis}"),
        };
    }

    /// <summary>Two errors that have nothing in common add as squares of their logarithms.</summary>
    private static double Combined(double first, double second)
        => Math.Exp(-Math.Sqrt(Math.Pow(Math.Log(first), 2) + Math.Pow(Math.Log(second), 2)));

    private static InferenceEngine[] EnginesOf(InferenceRequest request, GpuSpec card) => (request.Engine, card.Vendor) switch
    {
        (not InferenceEngine.Unknown, _) => [request.Engine],
        (_, GpuVendor.Nvidia) => [InferenceEngine.PyTorch, InferenceEngine.Vllm, InferenceEngine.TensorRtLlm, InferenceEngine.LlamaCpp],
        (_, GpuVendor.Apple) => [InferenceEngine.PyTorch, InferenceEngine.LlamaCpp],
        _ => [InferenceEngine.PyTorch, InferenceEngine.Vllm, InferenceEngine.LlamaCpp],
    };

    private static RequestTimes? Of(InferenceForecast f, InferenceEngine engine, TransformerCalibration data, OwnInference own)
    {
        if (RequestTimes.Of(f.Request, f.Card, engine, data.Time) is not { } plain) return null;
        TimeCorrection Known(InferencePhase phase) => own.Of(f.Request, f.Card, plain.Kind, phase, data);
        return plain.With(Known(InferencePhase.Prefill), Known(InferencePhase.Decode));
    }

    private static Estimate<double> Combined(List<(InferenceEngine Engine, RequestTimes Time)> times, GpuSpec card,
        TransformerCalibration data, string what, Func<RequestTimes, double> of, Func<RequestTimes, double> narrowing)
    {
        List<Estimate<double>> each = [.. times.Select(t =>
        {
            var spread = data.Spread($"{what}.{t.Time.Kind}", $"{what}.{t.Time.Kind.Family()}", what);
            return spread.Around(of(t.Time), x => x, TransformerForecaster.Basis(spread), Wider(card, data) * narrowing(t.Time));
        })];
        return SecondsEstimate.OfAnyEngine(each);
    }

    private static double Wider(GpuSpec card, TransformerCalibration data)
        => data.Cards.Contains(card.Name) ? 1 : card.Vendor is GpuVendor.Nvidia or GpuVendor.Apple or GpuVendor.Amd ? UnknownCard
            : UnknownVendor;
}
