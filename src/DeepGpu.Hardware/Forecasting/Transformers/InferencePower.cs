namespace DeepGpu.Hardware.Forecasting;

/// <summary>The mean draw while tokens are made: the law of draw of other models, with constants of its own.</summary>
internal static class InferencePower
{
    /// <summary>How one of the cards is used: cards that have some layers each wait for the others.</summary>
    /// <param name="s">The setting.</param>
    /// <param name="step">A step of decoding.</param>
    /// <param name="prompts">What is computed of prompts in the time of a step.</param>
    /// <param name="seconds">That time.</param>
    public static CardLoad Load(InferenceSetting s, PassTerms step, double prompts, double seconds) => new(1.0 / s.Stages,
        Math.Min(1, (step.WeightBytes + step.CacheBytes) / (s.Bandwidth * s.Sharing * seconds)),
        Math.Min(1, (step.ProductFlops + prompts) / (s.Rate * s.Sharing * seconds)));

    /// <summary>Watts of one card; null where its rated power or its rate is not known.</summary>
    public static double? Watts(ConstantValues c, CardLoad load, GpuSpec card, double part = 1)
        => card.Tdp is { } tdp && card.Float32Rate is { } vector
            ? part * PowerModel.Watts(load, tdp.Watts, tdp.Watts, vector.FlopsPerSecond, c) : null;
}
