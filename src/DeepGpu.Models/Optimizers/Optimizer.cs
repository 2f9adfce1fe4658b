namespace DeepGpu.Models;

/// <summary>How weights are changed from their gradients, as plain data. Keras: https://keras.io/api/optimizers/</summary>
public abstract record Optimizer
{
    /// <summary>The step size.</summary>
    public double LearningRate { get; init => field = Require.Positive(value, GetType().Name, nameof(LearningRate)); }

    /// <summary>Bytes the optimizer keeps for each trainable weight held in single precision.</summary>
    public abstract int StateBytesPerParameter { get; }

    /// <summary>Floating-point operations of a step for each trainable weight: 2 of plain descent, 4 with momentum, 12 of Adam.</summary>
    internal int FlopsPerParameter => StateBytesPerParameter switch { 0 => 2, 4 => 4, _ => 12 };

    /// <summary>Adam with Keras's defaults.</summary>
    /// <param name="learningRate">Default 0.001.</param>
    public static Adam Adam(double learningRate = 0.001) => new() { LearningRate = learningRate };

    /// <summary>Stochastic gradient descent with Keras's defaults.</summary>
    /// <param name="learningRate">Default 0.01.</param>
    /// <param name="momentum">Default 0.</param>
    public static Sgd Sgd(double learningRate = 0.01, double momentum = 0) => new() { LearningRate = learningRate, Momentum = momentum };
}

/// <summary>Adam: steps by running means of the gradient and its square. Kingma and Ba, 2014.</summary>
/// <remarks>Keras's form: epsilon is added outside the bias correction, so that it is the "epsilon hat" of the paper.</remarks>
public sealed record Adam : Optimizer
{
    /// <summary>Makes Adam with a learning rate of 0.001.</summary>
    public Adam() => LearningRate = 0.001;

    /// <summary>Decay of the mean of the gradient, in [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init => field = Require.Fraction(value, nameof(Adam), nameof(Beta1)); } = 0.9;

    /// <summary>Decay of the mean of its square, in [0, 1). Default 0.999.</summary>
    public double Beta2 { get; init => field = Require.Fraction(value, nameof(Adam), nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the division finite. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Adam), nameof(Epsilon)); } = 1e-7;

    /// <summary>8: two single-precision means.</summary>
    public override int StateBytesPerParameter => 8;
}

/// <summary>Stochastic gradient descent: w += m with m = momentum * m - rate * gradient.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>Makes SGD with a learning rate of 0.01.</summary>
    public Sgd() => LearningRate = 0.01;

    /// <summary>The share of the last step that is repeated, in [0, 1). Default 0.</summary>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Sgd), nameof(Momentum)); }

    /// <summary>4 with momentum, else 0.</summary>
    public override int StateBytesPerParameter => Momentum > 0 ? 4 : 0;
}
