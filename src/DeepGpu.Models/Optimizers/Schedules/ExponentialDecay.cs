namespace DeepGpu.Models;

/// <summary>initialLearningRate * decayRate^(step / decaySteps).
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/</summary>
public sealed record ExponentialDecay : DecaySchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">Steps until the factor has been applied once, above 0.</param>
    /// <param name="decayRate">The factor, at least 0.</param>
    public ExponentialDecay(double initialLearningRate, double decaySteps, double decayRate)
        : base(initialLearningRate, decaySteps, decayRate)
    {
    }

    /// <inheritdoc/>
    public override double At(long step) => InitialLearningRate * Math.Pow(DecayRate, Times(step));
}
