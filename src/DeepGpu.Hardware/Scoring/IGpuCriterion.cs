namespace DeepGpu.Hardware;

/// <summary>One thing a card is judged by. Stateless: add your own to <see cref="GpuScorer"/>.</summary>
public interface IGpuCriterion
{
    /// <summary>A short name, e.g. "compute".</summary>
    string Name { get; }

    /// <summary>The unit of the value judged, e.g. "TFLOPS".</summary>
    string Unit { get; }

    /// <summary>How much of the total this criterion decides, relative to the others.</summary>
    double DefaultWeight { get; }

    /// <summary>The value judged, larger being better; null where the catalogue does not state it.</summary>
    double? Measure(GpuSpec card, NumberFormat precision);
}

/// <summary>What one criterion said of one card.</summary>
/// <param name="Criterion">The criterion's name.</param>
/// <param name="Value">The value judged; null where the catalogue does not state it.</param>
/// <param name="Unit">The value's unit.</param>
/// <param name="Score">0 to 100, 100 being the best card of the catalogue; null without a value.</param>
/// <param name="Weight">The weight in the total, all weights together being 1.</param>
public sealed record CriterionScore(string Criterion, double? Value, string Unit, double? Score, double Weight);
