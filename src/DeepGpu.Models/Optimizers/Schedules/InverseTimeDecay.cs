namespace DeepGpu.Models;

/// <summary>initialLearningRate / (1 + decayRate * step / decaySteps).
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/</summary>
public sealed record InverseTimeDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">The unit that steps are counted in, above 0.</param>
    /// <param name="decayRate">How fast it falls, at least 0; with 1 it has halved after decaySteps.</param>
    public InverseTimeDecay(double initialLearningRate, double decaySteps, double decayRate)
        => (InitialLearningRate, DecaySteps, DecayRate) = (initialLearningRate, decaySteps, decayRate);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(InverseTimeDecay), nameof(InitialLearningRate));
    }

    /// <summary>The unit that steps are counted in, above 0.</summary>
    public double DecaySteps { get; init => field = Require.Positive(value, nameof(InverseTimeDecay), nameof(DecaySteps)); }

    /// <summary>How fast it falls, at least 0.</summary>
    public double DecayRate { get; init => field = Require.AtLeast(value, 0, nameof(InverseTimeDecay), nameof(DecayRate)); }

    /// <summary>Whether the rate falls once every <see cref="DecaySteps"/> instead of at each step. Default false.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    public override double At(long step)
        => InitialLearningRate / (1 + DecayRate * (Staircase ? Math.Floor(step / DecaySteps) : step / DecaySteps));
}
