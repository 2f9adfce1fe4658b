namespace DeepGpu.Models;

/// <summary>initialLearningRate / (1 + decayRate * step / decaySteps).
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/</summary>
public sealed record InverseTimeDecay : DecaySchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">The unit that steps are counted in, above 0.</param>
    /// <param name="decayRate">How fast it falls, at least 0; with 1 it has halved after decaySteps.</param>
    public InverseTimeDecay(double initialLearningRate, double decaySteps, double decayRate)
        : base(initialLearningRate, decaySteps, decayRate)
    {
    }

    /// <inheritdoc/>
    public override double At(long step) => InitialLearningRate / (1 + DecayRate * Times(step));
}
