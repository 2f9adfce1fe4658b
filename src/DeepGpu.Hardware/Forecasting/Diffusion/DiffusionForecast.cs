using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>What is forecast of pictures that a diffusion model makes on a card.</summary>
public sealed record DiffusionForecast
{
    /// <summary>What was asked for.</summary>
    public required DiffusionRequest Request { get; init; }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>The weights of the network and of the decoder of pictures; text encoders, activations and what the runtime holds come
    /// on top.</summary>
    public required ByteSize Weights { get; init; }

    /// <summary>Whether not even the weights fit; null where they do, for no peak of such runs was measured enough.</summary>
    public FitVerdict? Fits { get; init; }

    /// <summary>A step of all pictures; null where the card's rates are not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>All steps and the decoding of the pictures.</summary>
    public Estimate<TimeSpan>? TotalTime { get; init; }

    /// <summary>Seconds for each picture.</summary>
    public Estimate<double>? SecondsPerImage { get; init; }

    /// <summary>What a reader should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The answer in one line.</summary>
    public override string ToString() => DiffusionText.Line(this);
}
