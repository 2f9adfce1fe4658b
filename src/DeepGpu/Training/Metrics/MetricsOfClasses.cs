namespace DeepGpu;

/// <content>Metrics of classes, with Keras's names and defaults.</content>
public abstract partial class Metric
{
    /// <summary>The share of right classes; one-hot or index targets, or one output with a threshold of 0.5,
    /// are told apart by shape.</summary>
    public static Metric Accuracy() => new Accuracy();

    /// <summary>The share of outputs on the same side of a threshold as their target.</summary>
    /// <param name="threshold">Outputs above it count as 1. Default 0.5.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5) => new BinaryAccuracy { Threshold = threshold };

    /// <summary>The share of right classes, targets one-hot.</summary>
    public static Metric CategoricalAccuracy() => new CategoricalAccuracy();

    /// <summary>The share of right classes, targets class indices.</summary>
    public static Metric SparseCategoricalAccuracy() => new SparseCategoricalAccuracy();

    /// <summary>The share of samples whose class is among the largest outputs, targets one-hot.</summary>
    /// <param name="k">How many of the largest outputs count, at least 1. Default 5.</param>
    public static Metric TopKCategoricalAccuracy(int k = 5) => new TopKCategoricalAccuracy { K = k };

    /// <summary>The share of samples whose class is among the largest outputs, targets class indices.</summary>
    /// <param name="k">How many of the largest outputs count, at least 1. Default 5.</param>
    /// <param name="fromSortedIds">Whether the outputs are class indices, the most likely first. Default false.</param>
    public static Metric SparseTopKCategoricalAccuracy(int k = 5, bool fromSortedIds = false)
        => new SparseTopKCategoricalAccuracy { K = k, FromSortedIds = fromSortedIds };

    /// <summary>The weighted harmonic mean of precision and recall, targets one-hot or several labels.</summary>
    /// <param name="beta">How much more recall counts than precision, above 0. Default 1.</param>
    /// <param name="average">How the classes become one number. Default none.</param>
    /// <param name="threshold">Outputs above it are positive. Default null: each sample's largest output is.</param>
    public static Metric FBetaScore(double beta = 1, MetricAverage average = MetricAverage.None, double? threshold = null)
        => new FBetaScore { Beta = beta, Average = average, Threshold = threshold };

    /// <summary>The harmonic mean of precision and recall, targets one-hot or several labels.</summary>
    /// <param name="average">How the classes become one number. Default none.</param>
    /// <param name="threshold">Outputs above it are positive. Default null: each sample's largest output is.</param>
    public static Metric F1Score(MetricAverage average = MetricAverage.None, double? threshold = null)
        => new F1Score { Average = average, Threshold = threshold };

    /// <summary>The mean binary cross-entropy.</summary>
    /// <param name="fromLogits">Whether outputs are logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 to 1. Default 0.</param>
    public static Metric BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0)
        => new LossMetric(Loss.BinaryCrossentropy(fromLogits, labelSmoothing));

    /// <summary>The mean categorical cross-entropy, targets one-hot.</summary>
    /// <param name="fromLogits">Whether outputs are logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0, int axis = -1)
        => new LossMetric(Loss.CategoricalCrossentropy(fromLogits, labelSmoothing, axis));

    /// <summary>The mean categorical cross-entropy, targets class indices.</summary>
    /// <param name="fromLogits">Whether outputs are logits instead of probabilities. Default false.</param>
    /// <param name="ignoreClass">A target whose loss is 0. Default null: every target counts.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric SparseCategoricalCrossentropy(bool fromLogits = false, int? ignoreClass = null, int axis = -1)
        => new LossMetric(Loss.SparseCategoricalCrossentropy(fromLogits, ignoreClass, axis));

    /// <summary>The mean hinge loss, targets -1 and 1, or 0 and 1.</summary>
    public static Metric Hinge() => new LossMetric(Loss.Hinge());

    /// <summary>The mean squared hinge loss, targets -1 and 1, or 0 and 1.</summary>
    public static Metric SquaredHinge() => new LossMetric(Loss.SquaredHinge());

    /// <summary>The mean categorical hinge loss, targets one-hot.</summary>
    public static Metric CategoricalHinge() => new LossMetric(Loss.CategoricalHinge());

    /// <summary>The mean Kullback-Leibler divergence of the output from the target.</summary>
    public static Metric KLDivergence() => new LossMetric(Loss.KLDivergence());

    /// <summary>The mean of output - target * log(output).</summary>
    public static Metric Poisson() => new LossMetric(Loss.Poisson());
}
