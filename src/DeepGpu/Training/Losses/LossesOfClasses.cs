namespace DeepGpu;

/// <content>Losses of classes, truth values and counts, with Keras's names and defaults.</content>
public abstract partial class Loss
{
    /// <summary>Cross-entropy of one probability an output, against targets of 0 and 1.</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis the mean is over. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0, int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new BinaryCrossentropy { FromLogits = fromLogits, LabelSmoothing = labelSmoothing, Axis = axis, Reduction = reduction };

    /// <summary>Binary cross-entropy that easy samples count little in.</summary>
    /// <param name="applyClassBalancing">Whether class 1 weighs <paramref name="alpha"/> and class 0 the rest. Default false.</param>
    /// <param name="alpha">The weight of class 1, from 0 to 1. Default 0.25.</param>
    /// <param name="gamma">How strongly easy samples are left out, at least 0. Default 2.</param>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis the mean is over. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss BinaryFocalCrossentropy(bool applyClassBalancing = false, double alpha = 0.25, double gamma = 2,
        bool fromLogits = false, double labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize)
        => new BinaryFocalCrossentropy
        {
            ApplyClassBalancing = applyClassBalancing,
            Alpha = alpha,
            Gamma = gamma,
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction
        };

    /// <summary>Cross-entropy against one-hot targets (batch, classes).</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0, int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalCrossentropy { FromLogits = fromLogits, LabelSmoothing = labelSmoothing, Axis = axis, Reduction = reduction };

    /// <summary>Categorical cross-entropy that easy samples count little in, against one-hot targets.</summary>
    /// <param name="alpha">The weight of every class, at least 0. Default 0.25; the class takes one for each.</param>
    /// <param name="gamma">How strongly easy samples are left out, at least 0. Default 2.</param>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss CategoricalFocalCrossentropy(double alpha = 0.25, double gamma = 2, bool fromLogits = false,
        double labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalFocalCrossentropy
        {
            Alpha = [alpha],
            Gamma = gamma,
            FromLogits = fromLogits,
            LabelSmoothing = labelSmoothing,
            Axis = axis,
            Reduction = reduction
        };

    /// <summary>Cross-entropy against class indices (batch) or (batch, 1).</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. -1. Default null: every target counts.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss SparseCategoricalCrossentropy(bool fromLogits = false, int? ignoreClass = null, int axis = -1,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new SparseCategoricalCrossentropy { FromLogits = fromLogits, IgnoreClass = ignoreClass, Axis = axis, Reduction = reduction };

    /// <summary>(1 - p^q) / q of the target class, robust against wrong labels; targets are class indices.</summary>
    /// <param name="q">How robust, above 0 and below 1. Default 0.5.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss CategoricalGeneralizedCrossEntropy(double q = 0.5, Reduction reduction = Reduction.SumOverBatchSize)
        => new CategoricalGeneralizedCrossEntropy { Q = q, Reduction = reduction };

    /// <summary>Kullback-Leibler divergence of the output from the target, both probabilities.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss KLDivergence(Reduction reduction = Reduction.SumOverBatchSize) => new KLDivergence { Reduction = reduction };

    /// <summary>output - target * log(output), for counts.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Poisson(Reduction reduction = Reduction.SumOverBatchSize) => new Poisson { Reduction = reduction };

    /// <summary>max(1 - target * output, 0), targets -1 and 1, or 0 and 1.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Hinge(Reduction reduction = Reduction.SumOverBatchSize) => new Hinge { Reduction = reduction };

    /// <summary>max(1 - target * output, 0)^2, targets -1 and 1, or 0 and 1.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss SquaredHinge(Reduction reduction = Reduction.SumOverBatchSize) => new SquaredHinge { Reduction = reduction };

    /// <summary>max(1 + the largest wrong output - the right one, 0), targets one-hot.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss CategoricalHinge(Reduction reduction = Reduction.SumOverBatchSize) => new CategoricalHinge { Reduction = reduction };

    /// <summary>-log(probability of a row of labels over all alignments), for an output (batch, time, classes) of logits.</summary>
    /// <remarks>Targets are rows of class indices, filled up with 0, the blank.</remarks>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Ctc(Reduction reduction = Reduction.SumOverBatchSize) => new Ctc { Reduction = reduction };

    /// <summary>Embeddings (batch, features) of length 1: those of one class together, others apart; targets are class numbers.</summary>
    /// <param name="gamma">The scale of the similarities, above 0. Default 80.</param>
    /// <param name="margin">How far from its best value a distance may stay, at least 0. Default 0.4.</param>
    /// <param name="removeDiagonal">Whether a sample's pair with itself is left out. Default true.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Circle(
        double gamma = 80, double margin = 0.4, bool removeDiagonal = true, Reduction reduction = Reduction.SumOverBatchSize)
        => new Circle { Gamma = gamma, Margin = margin, RemoveDiagonal = removeDiagonal, Reduction = reduction };
}
