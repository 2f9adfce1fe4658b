namespace DeepGpu.Hardware.Forecasting;

/// <summary>Adds the time of a forward pass to a forecast of an encoder: of text, or of pictures.</summary>
internal static class EncoderTimes
{
    private static readonly Lazy<FittedPart> Data = new(() => FittedPart.Read("encoders.json", EncoderConstants.Table));

    public static InferenceForecast Add(InferenceForecast f)
    {
        var isOfPictures = VisionModel.IsOf(f.Request.Model);
        if ((isOfPictures ? OfPictures(f) : OfText(f)) is not { } time)
            return f with { Notes = [SecondsEstimate.NoRates] };
        return f with
        {
            TotalTime = SecondsEstimate.Span(time),
            SequencesPerSecond = SecondsEstimate.Inverse(time, f.Request.Sequences),
            Notes = f.Request.Engine == InferenceEngine.Unknown && !isOfPictures
                ? ["The engine is not known: the interval spans PyTorch, compiled graphs and kernels written for encoders."] : f.Notes,
        };
    }

    private static Estimate<double>? OfPictures(InferenceForecast f) => VisionTimes.Of(VisionTimes.Data, new()
    {
        Model = VisionModel.Of(f.Request.Model),
        BatchSize = f.Request.Sequences,
        Precision = f.Request.Weights.Arithmetic,
    }, f.Card);

    private static Estimate<double>? OfText(InferenceForecast f)
    {
        var r = f.Request;
        var pass = new EncoderPass(r.Model, r.Sequences, r.Context, r.Weights.Arithmetic, r.FlashAttention);
        EncoderEngine[] engines = r.Engine == InferenceEngine.Unknown ? [EncoderEngine.Eager, EncoderEngine.Compiled, EncoderEngine.Fused]
            : [EncoderLaw.EngineOf(r.Engine)];
        List<Estimate<double>> each = [.. engines.Select(engine => EncoderLaw.Seconds(Data.Value.Values, pass, engine, f.Card) is { } s
            ? Data.Value.Around($"encoder.{engine}", "encoder", s, f.Card) : (Estimate<double>?)null).OfType<Estimate<double>>()];
        return each.Count == 0 ? null : SecondsEstimate.OfAnyEngine(each);
    }
}
