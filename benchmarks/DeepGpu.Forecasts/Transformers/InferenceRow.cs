using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>What was measured.</summary>
internal enum InferenceTask
{
    Decode,
    Prefill,
    EndToEnd,
    Serving,
    Encoder,
}

/// <summary>A measured time of inference.</summary>
internal sealed record InferenceRow
{
    public required string Source { get; init; }

    public required InferenceTask Task { get; init; }

    public required TransformerShape Shape { get; init; }

    public required GpuSpec Card { get; init; }

    /// <summary>The share of the card that one of its parts is: a die of two.</summary>
    public double Part { get; init; } = 1;

    public int Cards { get; init; } = 1;

    /// <summary>Whether the cards share each layer; else each has some layers.</summary>
    public bool SharesLayers { get; init; }

    public required EngineClass Engine { get; init; }

    public required WeightFormat Format { get; init; }

    public double CacheBits { get; init; } = 16;

    public double Batch { get; init; } = 1;

    public double Input { get; init; }

    public double Output { get; init; }

    public required double Seconds { get; init; }

    public string Setup { get; init; } = "";

    public double? Watts { get; init; }

    /// <summary>Whether the time is a median between tokens, which the reading of others' prompts does not reach.</summary>
    public bool IsMedian { get; init; }

    public string SourceKey => $"{Source} {Engine} {Task}";

    public override string ToString()
        => $"{Source} {Task} {Shape.Name} {Format.Name} {Engine} {Card.Name} x{Cards} "
            + FormattableString.Invariant($"b{Batch:0} {Input:0}+{Output:0}: {Seconds * 1e3:0.##} ms");
}
