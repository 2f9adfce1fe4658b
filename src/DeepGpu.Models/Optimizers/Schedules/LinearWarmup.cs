namespace DeepGpu.Models;

/// <summary>A straight climb to where another schedule begins, then that schedule.
/// Goyal and others, 2017, https://arxiv.org/abs/1706.02677. Not in Keras.</summary>
[KerasClass(IsKeras = false)]
public sealed record LinearWarmup : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="schedule">What follows; its own steps are counted from the end of the climb.</param>
    /// <param name="warmupSteps">Steps of the climb, above 0.</param>
    public LinearWarmup(LearningRateSchedule schedule, double warmupSteps) => (Schedule, WarmupSteps) = (schedule, warmupSteps);

    /// <summary>What follows.</summary>
    public LearningRateSchedule Schedule
    {
        get;
        init => field = (value ?? throw new ArgumentNullException(nameof(value))).CheckedFor(nameof(LinearWarmup), nameof(Schedule));
    }

    /// <summary>Steps of the climb, above 0.</summary>
    public double WarmupSteps { get; init => field = Require.Positive(value, nameof(LinearWarmup), nameof(WarmupSteps)); }

    /// <summary>The first rate, at least 0. Default 0.</summary>
    public double InitialLearningRate { get; init => field = Require.AtLeast(value, 0, nameof(LinearWarmup), nameof(InitialLearningRate)); }

    /// <inheritdoc/>
    public override double At(long step) => step < WarmupSteps
        ? InitialLearningRate + (Schedule.At(0) - InitialLearningRate) * step / WarmupSteps
        : Schedule.At(step - (long)Math.Ceiling(WarmupSteps));
}
