namespace DeepGpu.Hardware;

/// <summary>One thing a card is judged by. Stateless: add your own to <see cref="GpuScorer"/>.</summary>
public interface IGpuCriterion
{
    /// <summary>A short name, e.g. "compute": weights are given by it.</summary>
    string Name { get; }

    /// <summary>The unit of the value judged, e.g. "TFLOPS".</summary>
    string Unit { get; }

    /// <summary>Whether it is part of the throughput score: how fast, rather than how fitting, a card is. Default false.</summary>
    bool MeasuresSpeed => false;

    /// <summary>The weight where neither profile nor options give one. Default 0.1.</summary>
    double DefaultWeight => 0.1;

    /// <summary>The value judged; null where the catalogue does not state it.</summary>
    double? Measure(GpuCandidate candidate);

    /// <summary>The share of the best: 0 to 1. By default the value over the best value, larger being better.</summary>
    /// <param name="candidate">The card judged.</param>
    /// <param name="value">Its value.</param>
    /// <param name="best">The largest value of the catalogue.</param>
    double Score(GpuCandidate candidate, double value, double best) => value / best;
}

/// <summary>A card as the criteria see it.</summary>
/// <param name="Card">The card.</param>
/// <param name="Precision">The number format of the work.</param>
/// <param name="AsOf">The day on which ages are counted.</param>
/// <param name="Throughput">The throughput score, 0 to 100; 0 while the criteria that make it are measured.</param>
public readonly record struct GpuCandidate(GpuSpec Card, NumberFormat Precision, DateOnly AsOf, double Throughput);
