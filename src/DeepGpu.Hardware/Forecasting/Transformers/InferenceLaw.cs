using static DeepGpu.Hardware.Forecasting.InferenceConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of passes.</summary>
/// <remarks>A step of decoding reads weights and cache, or computes if that takes longer, and spends a fixed time on each layer. A pass of
/// prefill computes, the faster the more tokens it has at once, or reads the weights if that takes longer.</remarks>
internal static class InferenceLaw
{
    private const double Micro = 1e-6;

    /// <summary>Seconds of a step of decoding.</summary>
    public static double Decode(double[] c, InferenceSetting s, PassTerms p)
    {
        var at = (int)s.Engine * PerEngine;
        var read = s.Bandwidth * c[at] * Format(c, s, 0) * OfGeneration(c, s, 0) * (s.HasExperts ? c[s.Family + MixtureRead] : 1)
            * s.Sharing;
        var reading = p.WeightBytes / read + p.CacheBytes / (s.Bandwidth * c[at + 1] * OfGeneration(c, s, 0) * s.Sharing);
        var computing = p.ProductFlops / (s.DecodeRate * c[at + 6] * OfGeneration(c, s, 1) * s.Sharing);
        var choosing = p.ScoreBytes * c[s.Family + Sampling] / s.Bandwidth + (p.Tokens - 1) * c[at + 8] * Micro;
        return choosing + Longer(reading, computing) + Overhead(c, s, p, c[at + 2] * OfGeneration(c, s, 2) * Format(c, s, 2));
    }

    /// <summary>Seconds of reading prompts.</summary>
    public static double Prefill(double[] c, InferenceSetting s, PassTerms p)
    {
        var at = (int)s.Engine * PerEngine;
        var rate = s.Rate * c[at + 3] * Format(c, s, 1) * OfGeneration(c, s, 1) * (s.HasExperts ? c[s.Family + Mixture] : 1) * s.Sharing;
        var computing = p.ProductFlops * (1 + c[at + 4] / p.Tokens) / rate + p.AttentionFlops * c[s.Family + Attention] / rate;
        var reading = p.WeightBytes / (s.Bandwidth * c[at] * Format(c, s, 0) * OfGeneration(c, s, 0) * s.Sharing);
        return Longer(reading, computing) + Overhead(c, s, p, c[at + 5] * OfGeneration(c, s, 2));
    }

    private static double Overhead(double[] c, InferenceSetting s, PassTerms p, double layer)
    {
        var own = p.Layers * p.Passes * layer * (s.HasExperts ? c[s.Family + MixtureLayer] : 1) * Micro;
        if (s.Sharing == 1) return own;
        var link = c[(int)s.Engine * PerEngine + 7] * Micro * p.Layers * p.Passes;
        return own + link + p.Exchanged * (s.Sharing - 1) / s.Sharing / (s.HasLink ? c[s.Family + Own] : c[s.Family + Pcie]);
    }

    private static double Format(double[] c, InferenceSetting s, int which) => c[s.Family + Formats + PerFormat * (int)s.Format + which];

    private static double OfGeneration(double[] c, InferenceSetting s, int which) => s.Generation < 0 ? 1
        : c[s.Family + Generations + PerGeneration * s.Generation + which];

    /// <summary>The longer of two times that overlap in part.</summary>
    private static double Longer(double first, double second) => Math.Cbrt(first * first * first + second * second * second);
}
