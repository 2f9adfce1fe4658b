// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu;

/// <content>A method for each class, with its options by name and their defaults.</content>
public abstract partial class Loss
{
    /// <summary>-(target * log(probability) + (1 - target) * log(1 - probability)), the mean over an axis.</summary>
    /// <remarks>Targets from 0 to 1 have the output's shape, or lack its last axis of length 1. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</remarks>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis the mean is over. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static BinaryCrossentropy BinaryCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new BinaryCrossentropy()
        {
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction,
        };

    /// <summary>Binary cross-entropy times (1 - p)^gamma, p the probability given to the truth: easy samples count little. Lin et al.,
    /// 2018.</summary>
    /// <remarks>Targets from 0 to 1 have the output's shape, or lack its last axis of length 1. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</remarks>
    /// <param name="applyClassBalancing">Whether class 1 weighs <see cref="DeepGpu.BinaryFocalCrossentropy.Alpha" /> and class 0 the rest.
    /// Default false.</param>
    /// <param name="alpha">The weight of class 1, from 0 to 1. Default 0.25.</param>
    /// <param name="gamma">How strongly easy samples are left out, at least 0; 0 gives binary cross-entropy. Default 2.</param>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis the mean is over. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static BinaryFocalCrossentropy BinaryFocalCrossentropy(
        bool applyClassBalancing = false,
        double alpha = 0.25,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new BinaryFocalCrossentropy()
        {
            ApplyClassBalancing = applyClassBalancing,
            Alpha = alpha,
            Gamma = gamma,
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction,
        };

    /// <summary>-sum(target * log(probability)) over the classes, targets one-hot. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CategoricalCrossentropy CategoricalCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalCrossentropy()
        {
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction,
        };

    /// <summary>Categorical cross-entropy times alpha * (1 - probability)^gamma: easy samples count little. Lin et al., 2018. Targets are
    /// one-hot.</summary>
    /// <remarks>Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
    /// <param name="alpha">The weight of every class, or one weight for each, each at least 0. Default 0.25 for every class.</param>
    /// <param name="gamma">How strongly easy samples are left out, at least 0; 0 gives a weighted cross-entropy. Default 2.</param>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CategoricalFocalCrossentropy CategoricalFocalCrossentropy(
        IReadOnlyList<double>? alpha = null,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
    {
        var defaults = new CategoricalFocalCrossentropy();
        return new CategoricalFocalCrossentropy()
        {
            Alpha = alpha ?? defaults.Alpha,
            Gamma = gamma,
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction,
        };
    }

    /// <summary>(1 - p^q) / q, p the probability of the target class: between cross-entropy (q near 0) and absolute error (q near 1),
    /// robust against wrong labels. Zhang and Sabuncu, 2018.</summary>
    /// <remarks>Targets are class indices. Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
    /// <param name="q">How robust the loss is, between 0 and 1, both excluded. Default 0.5.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CategoricalGeneralizedCrossEntropy CategoricalGeneralizedCrossEntropy(
        double q = 0.5,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalGeneralizedCrossEntropy() { Q = q, Reduction = reduction };

    /// <summary>max(1 + the largest wrong output - the right one, 0) over the last axis, targets one-hot. Keras:
    /// https://keras.io/api/losses/hinge_losses/</summary>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CategoricalHinge CategoricalHinge(Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalHinge() { Reduction = reduction };

    /// <summary>Pulls embeddings of one class together and pushes those of different classes apart, over all pairs of a batch.</summary>
    /// <remarks>Output (batch, features) of vectors of length 1, e.g. from <c>UnitNormalization</c>; targets (batch) or (batch, 1) of
    /// class numbers. With d the cosine distance, at least 0, a sample's loss is softplus(near + far), where near is the logsumexp over
    /// its class of -gamma * (margin + d) * (margin - d), far that over the other classes of gamma * max(1 + margin - d, 0) * (1 - margin
    /// - d). Samples whose loss is 0, as of those that lack pairs of either kind, are left out of a mean, as in Keras. A batch that memory
    /// splits into parts has the pairs within each part only. Sun and others, 2020, https://arxiv.org/abs/2002.10857. Keras:
    /// https://keras.io/api/losses/</remarks>
    /// <param name="gamma">The scale of the similarities, above 0. Default 80.</param>
    /// <param name="margin">How far from its best value a distance may stay, at least 0. Default 0.4.</param>
    /// <param name="removeDiagonal">Whether a sample's pair with itself is left out. Default true.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Circle Circle(
        double gamma = 80,
        double margin = 0.4,
        bool removeDiagonal = true,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new Circle() { Gamma = gamma, Margin = margin, RemoveDiagonal = removeDiagonal, Reduction = reduction };

    /// <summary>-cos of the angle between target and output along an axis: -1 is the same direction, 0 a right angle, 1 the opposite.
    /// Keras: https://keras.io/api/losses/regression_losses/</summary>
    /// <remarks>A vector of zeros has similarity 0 with all. The metric of the same name has the opposite sign.</remarks>
    /// <param name="axis">The axis of the vectors. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CosineSimilarity CosineSimilarity(int axis = -1, Reduction reduction = Reduction.SumOverBatchSize)
        => new CosineSimilarity() { Axis = axis, Reduction = reduction };

    /// <summary>-log(probability of a sequence of labels over all its alignments with time): connectionist temporal
    /// classification.</summary>
    /// <remarks>Output (batch, time, classes) of logits, never of probabilities; targets (batch, labels) of class indices. Class 0 is the
    /// blank: it fills rows up, and is no label. As in Keras a row has as many labels as it has entries other than 0, taken from its
    /// front, and every time step counts. A row that needs more steps than there are, one a label and one between equal neighbours, has an
    /// infinite loss; <see cref="DeepGpu.Ctc.CheckTargets" /> refuses it. Graves and others, 2006,
    /// https://www.cs.toronto.edu/~graves/icml_2006.pdf. Keras: https://keras.io/api/losses/</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Ctc Ctc(Reduction reduction = Reduction.SumOverBatchSize)
        => new Ctc() { Reduction = reduction };

    /// <summary>1 - 2 * sum(target * output) / (sum(target) + sum(output)): 0 where the segments cover each other. Keras:
    /// https://keras.io/api/losses/</summary>
    /// <param name="axis">The axes that are summed over. Default null: all, the batch too, which gives one number; [1, 2, 3] gives one for
    /// each image.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Dice Dice(IReadOnlyList<int>? axis = null, Reduction reduction = Reduction.SumOverBatchSize)
        => new Dice() { Axis = axis, Reduction = reduction };

    /// <summary>max(1 - target * output, 0), the mean over the last axis. Keras: https://keras.io/api/losses/hinge_losses/</summary>
    /// <remarks>Targets are -1 and 1; a batch of only 0 and 1 counts as -1 and 1.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Hinge Hinge(Reduction reduction = Reduction.SumOverBatchSize)
        => new Hinge() { Reduction = reduction };

    /// <summary>error^2 / 2 up to delta, beyond it the straight line delta * |error| - delta^2 / 2, the mean over the last axis. Keras:
    /// https://keras.io/api/losses/regression_losses/</summary>
    /// <param name="delta">The error from which the loss grows linearly, above 0. Default 1.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Huber Huber(double delta = 1, Reduction reduction = Reduction.SumOverBatchSize)
        => new Huber() { Delta = delta, Reduction = reduction };

    /// <summary>sum(target * log(target / output)) over the last axis, both probabilities clipped to [1e-7, 1]. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</summary>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static KLDivergence KLDivergence(Reduction reduction = Reduction.SumOverBatchSize)
        => new KLDivergence() { Reduction = reduction };

    /// <summary>log(cosh(output - target)): half the square of a small error, the size of a large one less log(2), the mean over the last
    /// axis. Keras: https://keras.io/api/losses/regression_losses/</summary>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LogCosh LogCosh(Reduction reduction = Reduction.SumOverBatchSize)
        => new LogCosh() { Reduction = reduction };

    /// <summary>|target - output|, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/</summary>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static MeanAbsoluteError MeanAbsoluteError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanAbsoluteError() { Reduction = reduction };

    /// <summary>100 * |target - output| / |target|, in percent, the mean over the last axis. Keras:
    /// https://keras.io/api/losses/regression_losses/</summary>
    /// <remarks>The divisor is at least 1e-7: a target of 0 makes the loss huge, not infinite.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static MeanAbsolutePercentageError MeanAbsolutePercentageError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanAbsolutePercentageError() { Reduction = reduction };

    /// <summary>(target - output)^2, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/</summary>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static MeanSquaredError MeanSquaredError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanSquaredError() { Reduction = reduction };

    /// <summary>(log(target + 1) - log(output + 1))^2, the mean over the last axis. Keras:
    /// https://keras.io/api/losses/regression_losses/</summary>
    /// <remarks>Targets and outputs below 1e-7 count as 1e-7: negative ones give no gradient.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static MeanSquaredLogarithmicError MeanSquaredLogarithmicError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanSquaredLogarithmicError() { Reduction = reduction };

    /// <summary>output - target * log(output), the mean over the last axis. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</summary>
    /// <remarks>Targets are counts and outputs their expectation, both at least 0; 1e-7 is added inside the logarithm.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Poisson Poisson(Reduction reduction = Reduction.SumOverBatchSize)
        => new Poisson() { Reduction = reduction };

    /// <summary>-log(probability of the target class), targets class indices. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. -1 or 255 for "no class": its loss is 0 and a mean is over the others.
    /// Default null: every target counts.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SparseCategoricalCrossentropy SparseCategoricalCrossentropy(
        bool fromLogits = false,
        int? ignoreClass = null,
        int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new SparseCategoricalCrossentropy()
        {
            FromLogits = fromLogits,
            IgnoreClass = ignoreClass,
            Axis = axis,
            Reduction = reduction,
        };

    /// <summary>max(1 - target * output, 0)^2, the mean over the last axis. Keras: https://keras.io/api/losses/hinge_losses/</summary>
    /// <remarks>Targets are -1 and 1; a batch of only 0 and 1 counts as -1 and 1.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SquaredHinge SquaredHinge(Reduction reduction = Reduction.SumOverBatchSize)
        => new SquaredHinge() { Reduction = reduction };

    /// <summary>1 - hits / (hits + alpha * false alarms + beta * missed), each a sum over the output: Dice with a weight for each kind of
    /// error. Salehi et al., 2017.</summary>
    /// <remarks>hits = sum(target * output), false alarms = sum((1 - target) * output), missed = sum(target * (1 - output)). Keras:
    /// https://keras.io/api/losses/</remarks>
    /// <param name="alpha">The weight of false alarms, at least 0. Default 0.5.</param>
    /// <param name="beta">The weight of what was missed, at least 0. Default 0.5.</param>
    /// <param name="axis">The axes that are summed over. Default null: all, the batch too, which gives one number.</param>
    /// <param name="reduction">How the losses of samples become one number. Default <see cref="DeepGpu.Reduction.SumOverBatchSize" />:
    /// their mean.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Tversky Tversky(
        double alpha = 0.5,
        double beta = 0.5,
        IReadOnlyList<int>? axis = null,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new Tversky() { Alpha = alpha, Beta = beta, Axis = axis, Reduction = reduction };
}
