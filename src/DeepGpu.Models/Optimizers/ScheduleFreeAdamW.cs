using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Adam that needs no schedule: it steps a sequence of its own, and averages it. Defazio and others, 2024,
/// https://arxiv.org/abs/2405.15682.</summary>
/// <remarks>While training the weights lie between the stepped sequence ("momentum") and its average; for measuring and predicting the
/// average itself is better: a live model's SwapToEvaluation makes the weights the average, SwapToTraining undoes it, as in Keras.
/// Keras: https://keras.io/api/optimizers/</remarks>
[KerasClass(ObjectName = "schedule_free_adamw")]
public sealed record ScheduleFreeAdamW : Optimizer
{
    /// <summary>Creates it with a rate of 0.0025.</summary>
    public ScheduleFreeAdamW() => LearningRate = 0.0025;

    /// <summary>How near the weights lie to the average while training, above 0 and at most 1. Default 0.9.</summary>
    [JsonPropertyName("beta_1")]
    public double Beta1
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw Require.OutOfRange(nameof(ScheduleFreeAdamW), nameof(Beta1), "above 0 and at most 1", value);
    }

    = 0.9;

    /// <summary>Decay of the mean square of the gradient, in [0, 1). Default 0.999.</summary>
    [JsonPropertyName("beta_2")]
    public double Beta2 { get; init => field = Require.Fraction(value, nameof(ScheduleFreeAdamW), nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the division finite, above 0. Default 1e-8.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(ScheduleFreeAdamW), nameof(Epsilon)); } = 1e-8;

    /// <summary>Over how many changes of the weights the rate climbs to its value, at least 0. Default 0. Weight decay does not
    /// climb.</summary>
    public int WarmupSteps { get; init => field = Require.AtLeast(value, 0, nameof(ScheduleFreeAdamW), nameof(WarmupSteps)); }

    /// <summary>2: the stepped sequence and the mean square.</summary>
    protected override int SlotCount => 2;
}
