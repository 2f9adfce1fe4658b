using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>What is forecast of a step of training a transformer on a card.</summary>
public sealed record TransformerTrainingForecast : TransformerForecast
{
    /// <summary>The step.</summary>
    public required TransformerTraining Training { get; init; }

    /// <summary>A step; null where the card's rates are not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>Tokens a second, of all cards; padding is none.</summary>
    public Estimate<double>? TokensPerSecond { get; init; }

    /// <summary>Samples a second, of all cards.</summary>
    public Estimate<double>? SamplesPerSecond { get; init; }

    /// <summary>The largest batch that is more likely than not to fit; null where none does.</summary>
    public int? LargestBatch { get; init; }

    /// <summary>The answer in one line.</summary>
    public override string ToString() => TransformerText.Line(this);
}
