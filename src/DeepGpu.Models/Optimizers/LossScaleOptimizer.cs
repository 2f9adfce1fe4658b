using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Another optimizer behind a loss scale that adapts: small gradients in half precision (float16) do not vanish.
/// Keras: https://keras.io/api/optimizers/loss_scale_optimizer/</summary>
/// <remarks>A step with an infinite or undefined gradient is left out and halves the scale; enough finite steps in a row double it.
/// Options other than these belong to the inner optimizer.</remarks>
[KerasClass(IsListed = false, HasMethod = false)]
public sealed record LossScaleOptimizer : Optimizer
{
    /// <summary>Puts an optimizer behind a loss scale.</summary>
    /// <param name="innerOptimizer">What makes the steps; its own <see cref="Optimizer.LossScaleFactor"/> is dropped.</param>
    /// <exception cref="DeepGpuArgumentException">It is a <see cref="LossScaleOptimizer"/> itself.</exception>
    public LossScaleOptimizer(Optimizer innerOptimizer) => InnerOptimizer = innerOptimizer;

    /// <summary>What makes the steps.</summary>
    public Optimizer InnerOptimizer
    {
        get;
        init => field = (value ?? throw new ArgumentNullException(nameof(value))) is LossScaleOptimizer
            ? throw Require.OutOfRange(nameof(LossScaleOptimizer), nameof(InnerOptimizer),
                "an optimizer without a loss scale", nameof(LossScaleOptimizer))
            : value with { LossScaleFactor = null };
    }

    /// <summary>The first scale, above 0. Default 32768.</summary>
    public double InitialScale { get; init => field = Require.Positive(value, nameof(LossScaleOptimizer), nameof(InitialScale)); } = 32768;

    /// <summary>After how many finite steps in a row the scale doubles, at least 1. Default 2000.</summary>
    public int DynamicGrowthSteps
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(LossScaleOptimizer), nameof(DynamicGrowthSteps));
    } = 2000;

    /// <summary>The inner optimizer's.</summary>
    public override LearningRateSchedule LearningRate
    {
        get => InnerOptimizer.LearningRate;
        init => InnerOptimizer = InnerOptimizer with { LearningRate = value };
    }

    /// <summary>The inner optimizer's.</summary>
    public override int StateBytesPerParameter => InnerOptimizer.StateBytesPerParameter;

    internal override int StateBytesIn(ModelSpec model) => InnerOptimizer.StateBytesIn(model);

    internal override int FlopsIn(ModelSpec model) => InnerOptimizer.FlopsIn(model);

    /// <summary>0: the inner optimizer keeps the state.</summary>
    protected override int SlotCount => 0;
}
