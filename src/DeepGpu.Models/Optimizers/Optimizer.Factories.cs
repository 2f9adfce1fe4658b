namespace DeepGpu.Models;

/// <summary>Short names for optimizers with Keras's defaults.</summary>
public abstract partial record Optimizer
{
    /// <summary>Adam with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Adam Adam(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Adam with decoupled weight decay and Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    /// <param name="weightDecay">Default 0.004.</param>
    public static AdamW AdamW(LearningRateSchedule? learningRate = null, double weightDecay = 0.004)
        => new() { LearningRate = learningRate ?? 0.001, WeightDecay = weightDecay };

    /// <summary>Stochastic gradient descent with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.01.</param>
    /// <param name="momentum">Default 0.</param>
    /// <param name="nesterov">Whether the gradient is followed from where the momentum leads. Default false.</param>
    public static Sgd Sgd(LearningRateSchedule? learningRate = null, double momentum = 0, bool nesterov = false)
        => new() { LearningRate = learningRate ?? 0.01, Momentum = momentum, Nesterov = nesterov };

    /// <summary>RMSprop with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    /// <param name="rho">Default 0.9.</param>
    /// <param name="momentum">Default 0.</param>
    /// <param name="centered">Whether the mean gradient is taken off its square. Default false.</param>
    public static RMSprop RMSprop(LearningRateSchedule? learningRate = null, double rho = 0.9, double momentum = 0, bool centered = false)
        => new() { LearningRate = learningRate ?? 0.001, Rho = rho, Momentum = momentum, Centered = centered };

    /// <summary>Adagrad with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001; the paper uses 1.</param>
    public static Adagrad Adagrad(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Adadelta with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001; the paper uses 1.</param>
    public static Adadelta Adadelta(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Adamax with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Adamax Adamax(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Nadam with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Nadam Nadam(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Ftrl with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Ftrl Ftrl(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Lion with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Lion Lion(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Lamb with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Lamb Lamb(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Adafactor with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    public static Adafactor Adafactor(LearningRateSchedule? learningRate = null) => new() { LearningRate = learningRate ?? 0.001 };

    /// <summary>Muon with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.001.</param>
    /// <param name="excludeLayers">Matrices that go by Adam, e.g. "output": regular expressions, looked for in "layer/weight". Default
    /// none.</param>
    public static Muon Muon(LearningRateSchedule? learningRate = null, params string[] excludeLayers)
        => new() { LearningRate = learningRate ?? 0.001, ExcludeLayers = [.. excludeLayers] };

    /// <summary>Adam without a schedule, with Keras's defaults.</summary>
    /// <param name="learningRate">A number or a schedule. Default 0.0025.</param>
    /// <param name="warmupSteps">Over how many changes of the weights the rate climbs, at least 0. Default 0.</param>
    public static ScheduleFreeAdamW ScheduleFreeAdamW(LearningRateSchedule? learningRate = null, int warmupSteps = 0)
        => new() { LearningRate = learningRate ?? 0.0025, WarmupSteps = warmupSteps };
}
