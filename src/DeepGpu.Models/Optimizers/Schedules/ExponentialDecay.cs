namespace DeepGpu.Models;

/// <summary>initialLearningRate * decayRate^(step / decaySteps).
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/</summary>
public sealed record ExponentialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">Steps until the factor has been applied once, above 0.</param>
    /// <param name="decayRate">The factor, at least 0.</param>
    public ExponentialDecay(double initialLearningRate, double decaySteps, double decayRate)
        => (InitialLearningRate, DecaySteps, DecayRate) = (initialLearningRate, decaySteps, decayRate);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(ExponentialDecay), nameof(InitialLearningRate));
    }

    /// <summary>Steps until the factor has been applied once, above 0.</summary>
    public double DecaySteps { get; init => field = Require.Positive(value, nameof(ExponentialDecay), nameof(DecaySteps)); }

    /// <summary>The factor, at least 0.</summary>
    public double DecayRate { get; init => field = Require.AtLeast(value, 0, nameof(ExponentialDecay), nameof(DecayRate)); }

    /// <summary>Whether the rate falls once every <see cref="DecaySteps"/> instead of at each step. Default false.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    public override double At(long step)
        => InitialLearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor(step / DecaySteps) : step / DecaySteps);
}
