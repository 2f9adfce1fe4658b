using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Keeps of a matrix's mean squares only those of rows and columns: little memory.
/// Shazeer and Stern, 2018, https://arxiv.org/abs/1804.04235.</summary>
/// <remarks>Of more than two axes, the last two are the rows and columns. Keras: https://keras.io/api/optimizers/adafactor/</remarks>
public sealed record Adafactor : Optimizer
{
    /// <summary>Step t keeps the share 1 - t^decay of the mean squares, below 0. Default -0.8.</summary>
    [JsonPropertyName("beta_2_decay")]
    public double Beta2Decay
    {
        get;
        init => field = value < 0 && double.IsFinite(value)
            ? value
            : throw Require.OutOfRange(nameof(Adafactor), nameof(Beta2Decay), "finite and below 0", value);
    } = -0.8;

    /// <summary>Added to squares, keeps the division finite, above 0. Default 1e-30.</summary>
    [JsonPropertyName("epsilon_1")]
    public double Epsilon1 { get; init => field = Require.Positive(value, nameof(Adafactor), nameof(Epsilon1)); } = 1e-30;

    /// <summary>The least root mean square of a weight that steps are measured by, at least 0. Default 0.001.</summary>
    [JsonPropertyName("epsilon_2")]
    public double Epsilon2 { get; init => field = Require.AtLeast(value, 0, nameof(Adafactor), nameof(Epsilon2)); } = 1e-3;

    /// <summary>The largest root mean square of a step before the rate, above 0. Default 1.</summary>
    public double ClipThreshold { get; init => field = Require.Positive(value, nameof(Adafactor), nameof(ClipThreshold)); } = 1;

    /// <summary>Whether a constant rate is capped at 1 / sqrt(t). Default true.</summary>
    /// <remarks>Keras caps every rate so in its rule, so that this option changes nothing; it is kept to be read and written.</remarks>
    public bool RelativeStep { get; init; } = true;

    /// <summary>0: rows and columns are few; only a vector keeps its own size.</summary>
    protected override int SlotCount => 0;
}
