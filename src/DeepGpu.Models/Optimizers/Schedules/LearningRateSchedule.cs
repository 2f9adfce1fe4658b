using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>The learning rate as a function of the step. Keras: https://keras.io/api/optimizers/learning_rate_schedules/</summary>
/// <remarks>A number converts to a constant rate. A schedule of your own derives from this record
/// and is registered with <see cref="Extensions.WithSchedule{T}"/>.</remarks>
public abstract record LearningRateSchedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="step">Steps taken before it: 0 for the first.</param>
    public abstract double At(long step);

    /// <summary>A rate that stays.</summary>
    /// <param name="rate">The rate.</param>
    public static implicit operator LearningRateSchedule(double rate) => FromDouble(rate);

    /// <summary>A rate that stays.</summary>
    /// <param name="rate">The rate.</param>
    public static ConstantRate FromDouble(double rate) => new(rate);

    /// <summary>Itself, if its owner can use it.</summary>
    internal virtual LearningRateSchedule CheckedFor(string owner, string name) => this;
}

/// <summary>The same rate at each step. The one kind of rate that callbacks may change.</summary>
/// <param name="Rate">The rate; an optimizer takes only finite ones above 0.</param>
[KerasClass(IsListed = false)]
public sealed record ConstantRate(double Rate) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long step) => Rate;

    internal override LearningRateSchedule CheckedFor(string owner, string name)
    {
        if (Rate != 0 || owner == nameof(LinearWarmup)) Require.Positive(Rate, owner, name);
        return this;
    }
}
