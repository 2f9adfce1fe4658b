using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Looks for a good learning rate: trains a few steps with a rate that grows each step, and watches the loss.
/// Smith, 2015, https://arxiv.org/abs/1506.01186.</summary>
/// <remarks>Afterwards weights, optimizer and random numbers are as before; stateful recurrent layers are reset.</remarks>
public sealed record LearningRateFinder
{
    private const string Owner = nameof(LearningRateFinder);

    /// <summary>The first rate, above 0. Default 1e-7.</summary>
    public double MinimumRate { get; init => field = Require.Positive(value, Owner, nameof(MinimumRate)); } = 1e-7;

    /// <summary>The last rate, above the first. Default 10.</summary>
    public double MaximumRate { get; init => field = Require.Positive(value, Owner, nameof(MaximumRate)); } = 10;

    /// <summary>Steps of the sweep, at least 10. Default 100.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 10, Owner, nameof(Steps)); } = 100;

    /// <summary>Samples a step, at least 1. Default 32.</summary>
    public int BatchSize { get; init => field = Require.AtLeast(value, 1, Owner, nameof(BatchSize)); } = 32;

    /// <summary>The share of the running mean of losses that a step keeps, in [0, 1); 0 for no smoothing. Default 0.9.</summary>
    public double Smoothing { get; init => field = Require.Fraction(value, Owner, nameof(Smoothing)); } = 0.9;

    /// <summary>The sweep ends once the smoothed loss is so many times its smallest value, above 1. Default 4.</summary>
    public double DivergenceFactor
    {
        get;
        init => field = value > 1 && double.IsFinite(value)
            ? value
            : throw Require.OutOfRange(Owner, nameof(DivergenceFactor), "finite and above 1", value);
    } = 4;

    /// <summary>Sweeps over the rates.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="data">The samples to learn from; begun again where they do not last.</param>
    /// <param name="cancellationToken">Ends the sweep; weights and optimizer are restored.</param>
    /// <returns>The losses by rate, and a rate to begin with.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, or is being trained.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    /// <exception cref="DeepGpuArgumentException">The last rate is not above the first.</exception>
    public LearningRateCurve Find(Model model, DataSource data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (MaximumRate <= MinimumRate)
            throw Require.OutOfRange(Owner, nameof(MaximumRate),
                FormattableString.Invariant($"above the first rate, {MinimumRate}"), MaximumRate);
        var sweep = new RateSweep(this);
        var options = new FitOptions { Epochs = Steps, BatchSize = BatchSize, Callbacks = [sweep], Verbosity = Verbosity.Silent };
        model.Fit(data, options, cancellationToken);
        return sweep.Curve();
    }

    /// <summary>The rate of a step, from 0: equal factors from the first rate to the last.</summary>
    internal double RateAt(int step) => MinimumRate * Math.Pow(MaximumRate / MinimumRate, (double)step / (Steps - 1));
}
