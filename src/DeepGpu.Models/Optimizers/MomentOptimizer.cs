using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What the relatives of Adam share: running means of the gradient and of its size.</summary>
public abstract record MomentOptimizer : Optimizer
{
    /// <summary>Decay of the mean of the gradient, in [0, 1). Default 0.9.</summary>
    [JsonPropertyName("beta_1")]
    public double Beta1 { get; init => field = Require.Fraction(value, GetType().Name, nameof(Beta1)); } = 0.9;

    /// <summary>Decay of the mean of its square or size, in [0, 1). Default 0.999.</summary>
    [JsonPropertyName("beta_2")]
    public double Beta2 { get; init => field = Require.Fraction(value, GetType().Name, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the division finite, above 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, GetType().Name, nameof(Epsilon)); } = 1e-7;

    /// <summary>2: both means.</summary>
    protected override int SlotCount => 2;
}
