namespace DeepGpu.Models;

/// <summary>Half a cosine wave down, again and again. Loshchilov and Hutter, 2016, https://arxiv.org/abs/1608.03983.</summary>
/// <remarks>Keras: https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay_restarts/</remarks>
[KerasClass(ObjectName = "SGDRDecay")]
public sealed record CosineDecayRestarts : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The first rate, at least 0.</param>
    /// <param name="firstDecaySteps">Steps of the first wave, above 0.</param>
    public CosineDecayRestarts(double initialLearningRate, double firstDecaySteps)
        => (InitialLearningRate, FirstDecaySteps) = (initialLearningRate, firstDecaySteps);

    /// <summary>The first rate, at least 0.</summary>
    public double InitialLearningRate
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(CosineDecayRestarts), nameof(InitialLearningRate));
    }

    /// <summary>Steps of the first wave, above 0.</summary>
    public double FirstDecaySteps { get; init => field = Require.Positive(value, nameof(CosineDecayRestarts), nameof(FirstDecaySteps)); }

    /// <summary>How many times longer each wave is than the one before, at least 1. Default 2.</summary>
    public double TMul { get; init => field = Require.AtLeast(value, 1, nameof(CosineDecayRestarts), nameof(TMul)); } = 2;

    /// <summary>How many times higher each wave begins than the one before, at least 0. Default 1.</summary>
    public double MMul { get; init => field = Require.AtLeast(value, 0, nameof(CosineDecayRestarts), nameof(MMul)); } = 1;

    /// <summary>The last rate of a wave as a share of the first rate, at least 0. Default 0.</summary>
    public double Alpha { get; init => field = Require.AtLeast(value, 0, nameof(CosineDecayRestarts), nameof(Alpha)); }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var (wave, fraction) = Place(step / FirstDecaySteps);
        return InitialLearningRate * (Alpha + (1 - Alpha) * Math.Pow(MMul, wave) * Cosine.Between(1, 0, fraction));
    }

    /// <summary>The wave, from 0, and the share of it that is over.
    /// Counted, not solved for: a logarithm may round to the wave before.</summary>
    private (double Wave, double Fraction) Place(double elapsed)
    {
        if (TMul == 1) return (Math.Floor(elapsed), elapsed - Math.Floor(elapsed));
        var (wave, start, length) = (0, 0.0, 1.0);
        for (; elapsed >= start + length; wave++) (start, length) = (start + length, length * TMul);
        return (wave, (elapsed - start) / length);
    }
}
