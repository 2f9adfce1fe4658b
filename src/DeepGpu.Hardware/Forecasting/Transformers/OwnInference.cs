namespace DeepGpu.Hardware.Forecasting;

/// <summary>What two measured times of inference on one card have in common.</summary>
internal enum InferenceSimilarity
{
    /// <summary>Engine, model and format of the weights.</summary>
    Model,

    /// <summary>The engine.</summary>
    Engine,

    /// <summary>The card alone.</summary>
    Card,
}

/// <summary>Measurements of the user's own, and what they say of other requests.</summary>
/// <param name="Measured">What was measured: its engine's class, and the logarithm of forecast over measured of a step of decoding and of
/// reading the prompts.</param>
internal sealed record OwnInference(IReadOnlyList<OwnTimes> Measured)
{
    public static OwnInference None { get; } = new([]);

    /// <summary>What is known beside it takes the place of an older measurement of the same request on the same card.</summary>
    public OwnInference With(OwnTimes more)
        => new([.. Measured.Where(m => m.Measurement.Card != more.Measurement.Card
            || m.Measurement.Request != more.Measurement.Request), more]);

    /// <summary>The correction of a step of decoding or of reading prompts: by those that have most in common with the request.</summary>
    public TimeCorrection Of(InferenceRequest request, GpuSpec card, EngineClass kind, InferencePhase phase, TransformerCalibration data)
    {
        List<(double Excess, InferenceSimilarity Similarity)> known = [.. Measured
            .Where(m => m.Measurement.Card == card && m.Excess(phase) is not null)
            .Select(m => (m.Excess(phase)!.Value, Similarity(m, request, kind)))];
        if (known.Count == 0) return TimeCorrection.None;
        var nearest = known.Min(m => m.Similarity);
        var own = data.Own[(phase, nearest)];
        return new(true, own.Share * known.Where(m => m.Similarity == nearest).Average(m => m.Excess), own.Narrowing);
    }

    /// <summary>What two requests on one card have in common.</summary>
    public static InferenceSimilarity Similarity(bool isSameEngine, bool isSameModel)
        => !isSameEngine ? InferenceSimilarity.Card : isSameModel ? InferenceSimilarity.Model : InferenceSimilarity.Engine;

    private static InferenceSimilarity Similarity(OwnTimes own, InferenceRequest request, EngineClass kind) => Similarity(own.Kind == kind,
        own.Measurement.Request.Model == request.Model && own.Measurement.Request.Weights == request.Weights);
}

/// <summary>A part of a request's time.</summary>
internal enum InferencePhase
{
    /// <summary>A step of decoding.</summary>
    Decode,

    /// <summary>Reading the prompts.</summary>
    Prefill,
}

/// <summary>A measurement, and how far the plain forecast was off.</summary>
/// <param name="Measurement">What was measured.</param>
/// <param name="Kind">The engine's class.</param>
/// <param name="Decode">The logarithm of forecast over measured of a step of decoding, or null.</param>
/// <param name="Prefill">The same of reading the prompts.</param>
internal sealed record OwnTimes(InferenceMeasurement Measurement, EngineClass Kind, double? Decode, double? Prefill)
{
    public double? Excess(InferencePhase phase) => phase == InferencePhase.Decode ? Decode : Prefill;
}
