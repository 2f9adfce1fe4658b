using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>What is forecast of a transformer that answers requests on a card.</summary>
public sealed record InferenceForecast
{
    /// <summary>What was asked for.</summary>
    public required InferenceRequest Request { get; init; }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>Memory of one card, term by term.</summary>
    public required TransformerMemory Memory { get; init; }

    /// <summary>All of it, with the interval that measured memory had.</summary>
    public required Estimate<ByteSize> PeakMemory { get; init; }

    /// <summary>How likely it fits, from how far measured memory lay from its forecast.</summary>
    public required double ProbabilityThatItFits { get; init; }

    /// <summary>Whether it fits: surely where that is 95 % or more, not where it is 5 % or less.</summary>
    public required FitVerdict Fits { get; init; }

    /// <summary>From the prompt to its first token; null where the card's rates are not known.</summary>
    public Estimate<TimeSpan>? TimeToFirstToken { get; init; }

    /// <summary>Between two tokens of a sequence.</summary>
    public Estimate<TimeSpan>? TimePerToken { get; init; }

    /// <summary>Tokens made a second, of all sequences together.</summary>
    public Estimate<double>? TokensPerSecond { get; init; }

    /// <summary>Of an encoder, which makes no tokens: sequences or pictures a second of its forward pass; null of others.</summary>
    public Estimate<double>? SequencesPerSecond { get; init; }

    /// <summary>From the prompts to the last token; of an encoder its forward pass.</summary>
    public Estimate<TimeSpan>? TotalTime { get; init; }

    /// <summary>The longest sequence, prompt and answer, that is more likely than not to fit; null where none does.</summary>
    public int? LargestContext { get; init; }

    /// <summary>The most sequences of this length that are more likely than not to fit; null where none does.</summary>
    public int? LargestBatch { get; init; }

    /// <summary>What a reader should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The answer in one line.</summary>
    public override string ToString() => TransformerText.Line(this);
}

/// <summary>What is forecast of a step of training a transformer on a card.</summary>
public sealed record TransformerTrainingForecast
{
    /// <summary>The step.</summary>
    public required TransformerTraining Training { get; init; }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>Memory of one card, term by term.</summary>
    public required TransformerMemory Memory { get; init; }

    /// <summary>All of it, with the interval that measured memory had.</summary>
    public required Estimate<ByteSize> PeakMemory { get; init; }

    /// <summary>How likely it fits, from how far measured memory lay from its forecast.</summary>
    public required double ProbabilityThatItFits { get; init; }

    /// <summary>Whether it fits: surely where that is 95 % or more, not where it is 5 % or less.</summary>
    public required FitVerdict Fits { get; init; }

    /// <summary>A step; null where the card's rates are not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>Tokens a second, of all cards; padding is none.</summary>
    public Estimate<double>? TokensPerSecond { get; init; }

    /// <summary>Samples a second, of all cards.</summary>
    public Estimate<double>? SamplesPerSecond { get; init; }

    /// <summary>The largest batch that is more likely than not to fit; null where none does.</summary>
    public int? LargestBatch { get; init; }

    /// <summary>What a reader should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The answer in one line.</summary>
    public override string ToString() => TransformerText.Line(this);
}
