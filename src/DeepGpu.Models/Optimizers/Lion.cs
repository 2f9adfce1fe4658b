using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Steps of equal size along the sign of a mean of gradients. Chen and others, 2023, https://arxiv.org/abs/2302.06675.</summary>
/// <remarks>Wants a rate three to ten times smaller than AdamW. Keras: https://keras.io/api/optimizers/lion/</remarks>
public sealed record Lion : Optimizer
{
    /// <summary>The share of the mean in the direction, above 0 and at most 1. Default 0.9.</summary>
    [JsonPropertyName("beta_1")]
    public double Beta1
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw Require.OutOfRange(nameof(Lion), nameof(Beta1), "above 0 and at most 1", value);
    } = 0.9;

    /// <summary>Decay of the mean, in [0, 1). Default 0.99.</summary>
    [JsonPropertyName("beta_2")]
    public double Beta2 { get; init => field = Require.Fraction(value, nameof(Lion), nameof(Beta2)); } = 0.99;

    /// <summary>1: the mean.</summary>
    protected override int SlotCount => 1;
}
