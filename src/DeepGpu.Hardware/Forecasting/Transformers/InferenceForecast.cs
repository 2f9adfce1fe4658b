using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>What is forecast of a transformer that answers requests on a card.</summary>
public sealed record InferenceForecast : TransformerForecast
{
    /// <summary>What was asked for.</summary>
    public required InferenceRequest Request { get; init; }

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

    /// <summary>Mean draw of all cards while tokens are made; null where the engine or a card's rated power is not known.</summary>
    public Estimate<Power>? AveragePower { get; init; }

    /// <summary>Energy of the cards for each token that is made, at that draw; null where it is not known.</summary>
    public Estimate<Energy>? EnergyPerToken { get; init; }

    /// <summary>The longest sequence, prompt and answer, that is more likely than not to fit; null where none does.</summary>
    public int? LargestContext { get; init; }

    /// <summary>The most sequences of this length that are more likely than not to fit; null where none does.</summary>
    public int? LargestBatch { get; init; }

    /// <summary>The answer in one line.</summary>
    public override string ToString() => TransformerText.Line(this);
}
