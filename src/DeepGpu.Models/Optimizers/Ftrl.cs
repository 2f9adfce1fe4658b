using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>"Follow the regularized leader": for sparse, shallow models with many features. McMahan and others, 2013.</summary>
/// <remarks>https://research.google.com/pubs/archive/41159.pdf. Keras: https://keras.io/api/optimizers/ftrl/</remarks>
public sealed record Ftrl : Optimizer
{
    /// <summary>How the rate falls with the sum of squares, at most 0; 0 for a fixed rate. Default -0.5.</summary>
    public double LearningRatePower
    {
        get;
        init => field = value <= 0 && double.IsFinite(value)
            ? value
            : throw Require.OutOfRange(nameof(Ftrl), nameof(LearningRatePower), "finite and at most 0", value);
    } = -0.5;

    /// <summary>What the sums of squares begin with, at least 0. Default 0.1.</summary>
    public double InitialAccumulatorValue
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Ftrl), nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>Strength of the penalty on absolute values, at least 0. Default 0.</summary>
    [JsonPropertyName("l1_regularization_strength")]
    public double L1RegularizationStrength
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Ftrl), nameof(L1RegularizationStrength));
    }

    /// <summary>Strength of the penalty on squares, at least 0. Default 0.</summary>
    [JsonPropertyName("l2_regularization_strength")]
    public double L2RegularizationStrength
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Ftrl), nameof(L2RegularizationStrength));
    }

    /// <summary>Strength of a penalty on squares that acts through the gradient, at least 0. Default 0.</summary>
    [JsonPropertyName("l2_shrinkage_regularization_strength")]
    public double L2ShrinkageRegularizationStrength
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Ftrl), nameof(L2ShrinkageRegularizationStrength));
    }

    /// <summary>The paper's beta: slows the first steps, at least 0. Default 0.</summary>
    public double Beta { get; init => field = Require.AtLeast(value, 0, nameof(Ftrl), nameof(Beta)); }

    /// <summary>2: the sums of squares and the linear terms.</summary>
    protected override int SlotCount => 2;
}
