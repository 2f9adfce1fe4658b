namespace DeepGpu.Models;

/// <summary>What schedules have in common that let a rate fall by a factor over some steps.</summary>
public abstract record DecaySchedule : LearningRateSchedule
{
    private protected DecaySchedule(double initialLearningRate, double decaySteps, double decayRate)
        => (InitialLearningRate, DecaySteps, DecayRate) = (initialLearningRate, decaySteps, decayRate);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, GetType().Name, nameof(InitialLearningRate));
    }

    /// <summary>The unit that steps are counted in, above 0.</summary>
    public double DecaySteps { get; init => field = Require.Positive(value, GetType().Name, nameof(DecaySteps)); }

    /// <summary>How fast it falls, at least 0.</summary>
    public double DecayRate { get; init => field = Require.AtLeast(value, 0, GetType().Name, nameof(DecayRate)); }

    /// <summary>Whether the rate falls once every <see cref="DecaySteps"/> instead of at each step. Default false.</summary>
    public bool Staircase { get; init; }

    /// <summary>How often the decay has been applied at a step.</summary>
    private protected double Times(long step) => Staircase ? Math.Floor(step / DecaySteps) : step / DecaySteps;
}
