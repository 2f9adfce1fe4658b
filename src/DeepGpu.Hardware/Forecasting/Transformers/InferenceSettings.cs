namespace DeepGpu.Hardware.Forecasting;

/// <summary>Makes the setting of a request.</summary>
internal static class InferenceSettings
{
    /// <summary>The setting; null where the card states no rate.</summary>
    public static InferenceSetting? Of(InferenceRequest r, GpuSpec card, EngineClass engine)
    {
        var isShared = r.Cards > 1 && (r.Split ?? (engine.IsLlama() ? CardSplit.Pipeline : CardSplit.Tensor)) == CardSplit.Tensor;
        return Of(card, engine, r.Weights, r.Model.Experts is not null, isShared ? r.Cards : 1);
    }

    /// <summary>The setting of a card, or of a part of one.</summary>
    public static InferenceSetting? Of(GpuSpec card, EngineClass engine, WeightFormat format, bool hasExperts, int sharing, double part = 1)
        => InferenceRates.Of(card, engine, format) is not { } rate ? null
            : new(engine, Generation.PlaceOf(card), FormatKinds.Of(format), hasExperts, card.Bandwidth.BytesPerSecond * part, rate * part,
                sharing,
                card.InterconnectBandwidth is not null)
            {
                DecodeRate = (engine.IsLlama() ? card.Float32Rate?.FlopsPerSecond ?? rate : rate) * part,
            };
}
