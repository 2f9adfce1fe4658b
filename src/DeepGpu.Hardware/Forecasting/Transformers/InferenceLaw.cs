using static DeepGpu.Hardware.Forecasting.InferenceConstants;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of passes.</summary>
/// <remarks>A step of decoding reads weights and cache, or computes if that takes longer, and spends a fixed time on each layer: after it
/// where kernels start by themselves, beside it where the host starts each. A pass of prefill computes, the faster the more tokens it
/// has at once, at no more than the rated power allows, or reads the weights if that takes longer.</remarks>
internal static class InferenceLaw
{
    private const double Micro = 1e-6, Nano = 1e-9;

    /// <summary>Seconds of a step of decoding.</summary>
    public static double Decode(double[] c, InferenceSetting s, PassTerms p)
    {
        var read = s.Bandwidth * Engine(c, s, 0) * Format(c, s, 0) * OfGeneration(c, s, 0)
            * (s.HasExperts ? c[s.Family + MixtureRead] : 1) * s.Sharing;
        var few = 1 + c[s.Family + Heads] * s.Sharing / p.Heads;
        var reading = p.WeightBytes / read + few * p.CacheBytes
            / (s.Bandwidth * Engine(c, s, 1) * OfGeneration(c, s, 0) * s.Sharing);
        var choosing = p.Scores * c[s.Family + Vocabulary] * Nano + (p.Tokens - 1) * Engine(c, s, 8) * Micro;
        var working = choosing + Longer(reading, DecodeComputing(c, s, p));
        var layers = Layers(c, s, p);
        return (s.IsDrivenByHost ? Longer(working + p.Layers * c[s.Family + Kernels] * OfModel(c, s) * Micro, layers) : working + layers)
            + Exchange(c, s, p);
    }

    /// <summary>Seconds of reading prompts. Cards that have some layers each work on different passes at once.</summary>
    public static double Prefill(double[] c, InferenceSetting s, PassTerms p)
    {
        var units = s.Rate * Engine(c, s, 3) * Format(c, s, 1) * OfGeneration(c, s, 1) * (s.HasExperts ? c[s.Family + Mixture] : 1);
        var rate = Held(units, s.Watts * (s.Generation < 0 ? c[s.Family + Joule] : OfGeneration(c, s, 3)) * s.Shortness) * s.Sharing;
        var computing = p.ProductFlops * (1 + Engine(c, s, 4) / p.Tokens) / rate + p.AttentionFlops * c[s.Family + Attention] / rate;
        var reading = p.WeightBytes / (s.Bandwidth * Engine(c, s, 0) * Format(c, s, 0) * OfGeneration(c, s, 0) * s.Sharing);
        var layers = p.Layers * p.Passes * Engine(c, s, 5) * OfGeneration(c, s, 2)
            * (s.HasExperts ? c[s.Family + MixtureLayer] : 1) * Micro;
        var stages = s.Engine.IsLlama() ? s.Stages : 1;
        return (Longer(reading, computing) + layers + Exchange(c, s, p)) * (p.Passes + stages - 1) / (p.Passes * stages);
    }

    /// <summary>Seconds between two tokens of a sequence while a server works: others' prompts are read between them.</summary>
    /// <param name="c">The constants.</param>
    /// <param name="s">The setting.</param>
    /// <param name="step">A step of decoding.</param>
    /// <param name="prompt">One prompt.</param>
    /// <param name="made">Tokens that a request makes.</param>
    public static double Serve(double[] c, InferenceSetting s, PassTerms step, PassTerms prompt, double made)
        => Decode(c, s, step) + c[s.Family + Server] * step.Tokens / Math.Max(1, made) * Prefill(c, s, prompt);

    private static double DecodeComputing(double[] c, InferenceSetting s, PassTerms p)
        => p.ProductFlops / (s.DecodeRate * Engine(c, s, 6) * OfGeneration(c, s, 1) * s.Sharing)
            + (s.Issue > 0 ? p.Weights / (s.Issue * Format(c, s, 3) * s.Sharing) : 0);

    private static double Layers(double[] c, InferenceSetting s, PassTerms p)
    {
        var layer = Engine(c, s, 2) * OfGeneration(c, s, 2) * Format(c, s, 2) * s.Slowness * OfModel(c, s)
            * (s.Engine == EngineClass.LlamaCuda && s.Stages > 1 ? c[s.Family + Split] : 1)
            * (s.HasExperts && !s.IsDrivenByHost ? c[s.Family + MixtureLayer] : 1);
        return ((p.Layers + p.CrossLayers * c[s.Family + Cross]) * layer
            + (s.IsDrivenByHost ? p.Experts * c[s.Family + Expert] : 0)) * Micro;
    }

    private static double Exchange(double[] c, InferenceSetting s, PassTerms p)
    {
        if (s.Sharing == 1) return 0;
        var link = Engine(c, s, 7) * Micro * p.Layers * p.Passes * (s.HasLink || s.Engine.IsLlama() ? 1 : Math.Sqrt(s.Sharing - 1));
        return link + p.Exchanged * (s.Sharing - 1) / s.Sharing / (s.HasLink ? s.Link * c[s.Family + Own] : c[s.Family + Pcie]);
    }

    private static double Engine(double[] c, InferenceSetting s, int which) => c[(int)s.Engine * PerEngine + which] * c[s.Family + which];

    private static double Format(double[] c, InferenceSetting s, int which) => c[s.Family + Formats + PerFormat * (int)s.Format + which];

    private static double OfGeneration(double[] c, InferenceSetting s, int which) => s.Generation < 0 ? 1
        : c[s.Family + Generations + PerGeneration * s.Generation + which];

    private static double OfModel(double[] c, InferenceSetting s)
        => s.IsDrivenByHost && s.Model >= 0 ? c[s.Family + Models + s.Model] : 1;

    /// <summary>The longer of two times that overlap in part.</summary>
    private static double Longer(double first, double second) => Math.Cbrt(first * first * first + second * second * second);

    /// <summary>The lower of two rates; 0 stands for no limit.</summary>
    private static double Held(double rate, double limit) => limit <= 0 ? rate : 1 / Longer(1 / rate, 1 / limit);
}
