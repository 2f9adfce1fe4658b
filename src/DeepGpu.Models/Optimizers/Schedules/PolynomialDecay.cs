namespace DeepGpu.Models;

/// <summary>(initialLearningRate - end) * (1 - step / decaySteps)^power + end.
/// Keras: https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/</summary>
public sealed record PolynomialDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="decaySteps">Steps until the end, above 0.</param>
    public PolynomialDecay(double initialLearningRate, double decaySteps)
        => (InitialLearningRate, DecaySteps) = (initialLearningRate, decaySteps);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(PolynomialDecay), nameof(InitialLearningRate));
    }

    /// <summary>Steps until the end, above 0.</summary>
    public double DecaySteps { get; init => field = Require.Positive(value, nameof(PolynomialDecay), nameof(DecaySteps)); }

    /// <summary>The last rate, at least 0. Default 0.0001.</summary>
    public double EndLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(PolynomialDecay), nameof(EndLearningRate));
    } = 0.0001;

    /// <summary>The power, above 0; 1 is a straight line. Default 1.</summary>
    public double Power { get; init => field = Require.Positive(value, nameof(PolynomialDecay), nameof(Power)); } = 1;

    /// <summary>Whether the end is put off by as many times <see cref="DecaySteps"/> as the step needs,
    /// instead of staying at the last rate. Default false.</summary>
    public bool Cycle { get; init; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var end = Cycle && step != 0 ? DecaySteps * Math.Ceiling(step / DecaySteps) : DecaySteps;
        return (InitialLearningRate - EndLearningRate) * Math.Pow(1 - Math.Min(step, end) / end, Power) + EndLearningRate;
    }
}
