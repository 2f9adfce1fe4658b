namespace DeepGpu.Hardware.Forecasting;

/// <summary>Which of a card's rates an engine works with.</summary>
internal static class InferenceRates
{
    /// <summary>FLOP/s; null where the card states none. llama.cpp adds products in 16 bits, which GeForce cards do twice as
    /// fast.</summary>
    public static double? Of(GpuSpec card, EngineClass engine, WeightFormat format)
    {
        if (engine.IsLlama()) return (card.Float16AccumulateMatrixRate ?? card.RateAt(NumberFormat.Float16))?.FlopsPerSecond;
        if (format.Name == "NVFP4" && card.Float4MatrixRate is { } four) return four.FlopsPerSecond;
        return card.RateAt(format.Arithmetic == NumberFormat.BFloat16 && card.BFloat16MatrixRate is null
            ? NumberFormat.Float16 : format.Arithmetic)?.FlopsPerSecond;
    }
}
