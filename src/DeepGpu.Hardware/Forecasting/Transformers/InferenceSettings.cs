namespace DeepGpu.Hardware.Forecasting;

/// <summary>Makes the setting of a request.</summary>
internal static class InferenceSettings
{
    /// <summary>The clock that times of layers are told at.</summary>
    private const double UsualClock = 1.7e9;

    /// <summary>The setting; null where the card states no rate.</summary>
    public static InferenceSetting? Of(InferenceRequest r, GpuSpec card, EngineClass engine)
        => Of(card, engine, r.Weights, r.Model, r.Cards, (r.Split ?? (engine.SplitsByLayers() ? CardSplit.Pipeline : CardSplit.Tensor))
            == CardSplit.Tensor);

    /// <summary>The setting of cards, or of a part of one.</summary>
    public static InferenceSetting? Of(GpuSpec card, EngineClass engine, WeightFormat format, TransformerShape shape, int cards = 1,
        bool shares = false, double part = 1)
        => InferenceRates.Of(card, engine, format) is not { } rate ? null
            : new(engine, Generation.PlaceOf(card), FormatKinds.Of(format), shape.Experts is not null,
                card.Bandwidth.BytesPerSecond * part, rate * part, shares ? cards : 1, card.InterconnectBandwidth?.BytesPerSecond ?? 0)
            {
                DecodeRate = (engine.IsLlama() ? card.Float32Rate?.FlopsPerSecond ?? rate : rate) * part,
                Watts = (card.Tdp?.Watts ?? 0) * part,
                Shortness = engine.IsLlama() || card.Float16MatrixRate is not { } half ? 1 : rate / half.FlopsPerSecond,
                Issue = (card.ComputeUnits ?? 0) * (card.BoostClock?.Hertz ?? 0) * part,
                Slowness = engine.Family() == EngineFamily.Eager || card.BoostClock is not { } clock ? 1 : UsualClock / clock.Hertz,
                Stages = shares ? 1 : cards,
                Model = Array.IndexOf(InferenceConstants.ModelTypes, shape.ModelType),
            };
}
