using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>A penalty on values that training adds to the loss. Keras: https://keras.io/api/layers/regularizers/</summary>
public abstract record Regularizer;

/// <summary>factor * sum |w|.</summary>
/// <param name="Factor">Default 0.01.</param>
public sealed record L1(double Factor = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    [JsonPropertyName("l1")]
    public double Factor
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(L1), nameof(Factor));
    } = Require.AtLeast(Factor, 0, nameof(L1));
}

/// <summary>factor * sum w^2 (no half).</summary>
/// <param name="Factor">Default 0.01.</param>
public sealed record L2(double Factor = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    [JsonPropertyName("l2")]
    public double Factor
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(L2), nameof(Factor));
    } = Require.AtLeast(Factor, 0, nameof(L2));
}

/// <summary>l1 * sum |w| + l2 * sum w^2.</summary>
/// <param name="L1">Factor of the absolute values; default 0.</param>
/// <param name="L2">Factor of the squares; default 0.</param>
public sealed record L1L2(double L1 = 0, double L2 = 0) : Regularizer
{
    /// <summary>Factor of the absolute values.</summary>
    public double L1 { get; init => field = Require.AtLeast(value, 0, nameof(L1L2), nameof(L1)); } = Require.AtLeast(L1, 0, nameof(L1L2));

    /// <summary>Factor of the squares.</summary>
    public double L2 { get; init => field = Require.AtLeast(value, 0, nameof(L1L2), nameof(L2)); } = Require.AtLeast(L2, 0, nameof(L1L2));
}
