namespace DeepGpu.Models;

/// <summary>Half a cosine wave down, after an optional linear warm-up.
/// Loshchilov and Hutter, 2016, https://arxiv.org/abs/1608.03983.</summary>
/// <remarks>Keras: https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/</remarks>
public sealed record CosineDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">Steps of the wave, above 0; those of the warm-up come before.</param>
    public CosineDecay(double initialLearningRate, double decaySteps)
        => (InitialLearningRate, DecaySteps) = (initialLearningRate, decaySteps);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate { get; init => field = Require.AtLeast(value, 0, nameof(CosineDecay), nameof(InitialLearningRate)); }

    /// <summary>Steps of the wave, above 0.</summary>
    public double DecaySteps { get; init => field = Require.Positive(value, nameof(CosineDecay), nameof(DecaySteps)); }

    /// <summary>The last rate as a share of the highest, at least 0. Default 0.</summary>
    public double Alpha { get; init => field = Require.AtLeast(value, 0, nameof(CosineDecay), nameof(Alpha)); }

    /// <summary>The rate that the warm-up climbs to and the wave begins at, at least 0; null for no warm-up. Default null.</summary>
    public double? WarmupTarget
    {
        get;
        init => field = value is { } v ? Require.AtLeast(v, 0, nameof(CosineDecay), nameof(WarmupTarget)) : null;
    }

    /// <summary>Steps of the warm-up, at least 0; without a target they do nothing. Default 0.</summary>
    public double WarmupSteps { get; init => field = Require.AtLeast(value, 0, nameof(CosineDecay), nameof(WarmupSteps)); }

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (WarmupTarget is not { } target) return Wave(step, InitialLearningRate);
        return step < WarmupSteps
            ? InitialLearningRate + (target - InitialLearningRate) * step / WarmupSteps
            : Wave(step - WarmupSteps, target);
    }

    private double Wave(double step, double highest) => highest * Cosine.Between(1, Alpha, Math.Min(step, DecaySteps) / DecaySteps);
}

/// <summary>Half a cosine wave.</summary>
internal static class Cosine
{
    /// <summary>From one value to another while the fraction goes from 0 to 1.</summary>
    public static double Between(double start, double end, double fraction)
        => end + (start - end) * 0.5 * (1 + Math.Cos(Math.PI * fraction));
}
