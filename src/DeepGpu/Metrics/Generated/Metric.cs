// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu;

/// <content>A method for each class, with its options by name and their defaults.</content>
public abstract partial class Metric
{
    /// <summary>What Keras makes of "accuracy": <see cref="DeepGpu.BinaryAccuracy" /> for one output, else
    /// <see cref="DeepGpu.SparseCategoricalAccuracy" /> or <see cref="DeepGpu.CategoricalAccuracy" />, told apart by the targets'
    /// shape.</summary>
    /// <remarks>Keras: https://keras.io/api/metrics/accuracy_metrics/. Its class Accuracy, which compares numbers, is
    /// <see cref="DeepGpu.EqualAccuracy" />.</remarks>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Accuracy Accuracy(string? name = null)
    {
        var defaults = new Accuracy();
        return new Accuracy() { Name = name ?? defaults.Name };
    }

    /// <summary>The area under a curve of rates over thresholds: how well outputs rank true before false targets, from 0 to 1. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="numThresholds">How many thresholds from 0 to 1 the curve has, at least 2. Default 200; of no matter where
    /// <see cref="DeepGpu.Auc.Thresholds" /> are given.</param>
    /// <param name="curve">Which curve. Default the receiver operating characteristic.</param>
    /// <param name="summationMethod">How the area between thresholds is summed. Default by interpolation.</param>
    /// <param name="thresholds">The curve's inner thresholds, from 0 to 1. Default null: evenly spread.</param>
    /// <param name="multiLabel">Whether each label on the last axis has a curve of its own, the areas then averaged. Default
    /// false.</param>
    /// <param name="numLabels">The number of labels, checked against the output. Default null: what the output has.</param>
    /// <param name="labelWeights">How much each label counts, each at least 0. Default null: all alike.</param>
    /// <param name="fromLogits">Whether the outputs are logits instead of probabilities. Default false.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Auc Auc(
        int numThresholds = 200,
        AucCurve curve = AucCurve.Roc,
        AucSummation summationMethod = AucSummation.Interpolation,
        IReadOnlyList<double>? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        IReadOnlyList<double>? labelWeights = null,
        bool fromLogits = false,
        string? name = null)
    {
        var defaults = new Auc();
        return new Auc()
        {
            NumThresholds = numThresholds,
            Curve = curve,
            SummationMethod = summationMethod,
            Thresholds = thresholds,
            MultiLabel = multiLabel,
            NumLabels = numLabels,
            LabelWeights = labelWeights,
            FromLogits = fromLogits,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The share of outputs on the same side of a threshold as their target, 0 or 1. Keras:
    /// https://keras.io/api/metrics/accuracy_metrics/</summary>
    /// <param name="threshold">Outputs above it count as 1; between 0 and 1, both excluded. Default 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static BinaryAccuracy BinaryAccuracy(double threshold = 0.5, string? name = null)
    {
        var defaults = new BinaryAccuracy();
        return new BinaryAccuracy() { Threshold = threshold, Name = name ?? defaults.Name };
    }

    /// <summary>Intersection over union of two classes, outputs compared with a threshold. Keras:
    /// https://keras.io/api/metrics/segmentation_metrics/</summary>
    /// <param name="targetClassIds">The classes the mean is over: 0, 1 or both. Default both.</param>
    /// <param name="threshold">Outputs of at least this are class 1. Default 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static BinaryIoU BinaryIoU(
        IReadOnlyList<int>? targetClassIds = null,
        double threshold = 0.5,
        string? name = null)
    {
        var defaults = new BinaryIoU();
        return new BinaryIoU()
        {
            TargetClassIds = targetClassIds ?? defaults.TargetClassIds,
            Threshold = threshold,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The share of samples whose largest output is at the target class, targets one-hot. Keras:
    /// https://keras.io/api/metrics/accuracy_metrics/</summary>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CategoricalAccuracy CategoricalAccuracy(string? name = null)
    {
        var defaults = new CategoricalAccuracy();
        return new CategoricalAccuracy() { Name = name ?? defaults.Name };
    }

    /// <summary>Lin's concordance correlation of target and output along an axis, from -1 to 1: how near the pairs lie to equality. Keras:
    /// https://keras.io/api/metrics/regression_metrics/</summary>
    /// <param name="axis">The axis of the numbers that are compared. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static ConcordanceCorrelation ConcordanceCorrelation(int axis = -1, string? name = null)
    {
        var defaults = new ConcordanceCorrelation();
        return new ConcordanceCorrelation() { Axis = axis, Name = name ?? defaults.Name };
    }

    /// <summary>The cosine of the angle between target and output along an axis: 1 is the same direction. Keras:
    /// https://keras.io/api/metrics/regression_metrics/</summary>
    /// <remarks>The loss <see cref="DeepGpu.CosineSimilarity" /> has the opposite sign.</remarks>
    /// <param name="axis">The axis of the numbers that are compared. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static CosineSimilarityMetric CosineSimilarity(int axis = -1, string? name = null)
    {
        var defaults = new CosineSimilarityMetric();
        return new CosineSimilarityMetric() { Axis = axis, Name = name ?? defaults.Name };
    }

    /// <summary>The share of outputs that equal their target exactly: Keras's class Accuracy.</summary>
    /// <remarks>Keras: https://keras.io/api/metrics/accuracy_metrics/</remarks>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static EqualAccuracy EqualAccuracy(string? name = null)
    {
        var defaults = new EqualAccuracy();
        return new EqualAccuracy() { Name = name ?? defaults.Name };
    }

    /// <summary>The harmonic mean of precision and recall of each class. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="average">How the scores of the classes become one number. Default none: one number for each class.</param>
    /// <param name="beta">How much more recall counts than precision, above 0. Default 1.</param>
    /// <param name="threshold">Outputs above it are positive; above 0, at most 1. Default null: each sample's largest output is.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static F1Score F1Score(
        MetricAverage average = MetricAverage.None,
        double beta = 1,
        double? threshold = null,
        string? name = null)
    {
        var defaults = new F1Score();
        return new F1Score() { Average = average, Beta = beta, Threshold = threshold, Name = name ?? defaults.Name };
    }

    /// <summary>(1 + beta^2) * precision * recall / (beta^2 * precision + recall) of each class, targets one-hot or several labels of 0
    /// and 1. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="average">How the scores of the classes become one number. Default none: one number for each class.</param>
    /// <param name="beta">How much more recall counts than precision, above 0. Default 1.</param>
    /// <param name="threshold">Outputs above it are positive; above 0, at most 1. Default null: each sample's largest output is.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static FBetaScore FBetaScore(
        MetricAverage average = MetricAverage.None,
        double beta = 1,
        double? threshold = null,
        string? name = null)
    {
        var defaults = new FBetaScore();
        return new FBetaScore() { Average = average, Beta = beta, Threshold = threshold, Name = name ?? defaults.Name };
    }

    /// <summary>The weight of the outputs not above the threshold whose target is true. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one count for each. Default null: 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static FalseNegatives FalseNegatives(IReadOnlyList<double>? thresholds = null, string? name = null)
    {
        var defaults = new FalseNegatives();
        return new FalseNegatives() { Thresholds = thresholds, Name = name ?? defaults.Name };
    }

    /// <summary>The weight of the outputs above the threshold whose target is false. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one count for each. Default null: 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static FalsePositives FalsePositives(IReadOnlyList<double>? thresholds = null, string? name = null)
    {
        var defaults = new FalsePositives();
        return new FalsePositives() { Thresholds = thresholds, Name = name ?? defaults.Name };
    }

    /// <summary>Intersection over union of chosen classes. Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="targetClassIds">The classes the mean is over.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one number for each class. Default true.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. 255 for "no class". Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true; false where
    /// targets are one-hot.</param>
    /// <param name="axis">The axis of the classes where there is one number for each. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static IoU IoU(
        int numClasses,
        IReadOnlyList<int> targetClassIds,
        bool sparseYTrue = true,
        int? ignoreClass = null,
        bool? sparseYPred = null,
        int axis = -1,
        string? name = null)
    {
        var defaults = new IoU(numClasses, targetClassIds);
        return new IoU(numClasses, targetClassIds)
        {
            SparseYTrue = sparseYTrue,
            IgnoreClass = ignoreClass,
            SparseYPred = sparseYPred ?? defaults.SparseYPred,
            Axis = axis,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The weighted mean of the outputs; targets play no part. Keras: https://keras.io/api/metrics/reduction_metrics/</summary>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Mean Mean(string? name = null)
    {
        var defaults = new Mean();
        return new Mean() { Name = name ?? defaults.Name };
    }

    /// <summary>Intersection over union, the mean over all classes. Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one number for each class. Default true.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. 255 for "no class". Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true; false where
    /// targets are one-hot.</param>
    /// <param name="axis">The axis of the classes where there is one number for each. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static MeanIoU MeanIoU(
        int numClasses,
        bool sparseYTrue = true,
        int? ignoreClass = null,
        bool? sparseYPred = null,
        int axis = -1,
        string? name = null)
    {
        var defaults = new MeanIoU(numClasses);
        return new MeanIoU(numClasses)
        {
            SparseYTrue = sparseYTrue,
            IgnoreClass = ignoreClass,
            SparseYPred = sparseYPred ?? defaults.SparseYPred,
            Axis = axis,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>Intersection over union of chosen classes, targets one-hot. Keras:
    /// https://keras.io/api/metrics/segmentation_metrics/</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="targetClassIds">The classes the mean is over.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. 255 for "no class". Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true; false where
    /// targets are one-hot.</param>
    /// <param name="axis">The axis of the classes where there is one number for each. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static OneHotIoU OneHotIoU(
        int numClasses,
        IReadOnlyList<int> targetClassIds,
        int? ignoreClass = null,
        bool? sparseYPred = null,
        int axis = -1,
        string? name = null)
    {
        var defaults = new OneHotIoU(numClasses, targetClassIds);
        return new OneHotIoU(numClasses, targetClassIds)
        {
            IgnoreClass = ignoreClass,
            SparseYPred = sparseYPred ?? defaults.SparseYPred,
            Axis = axis,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>Intersection over union, the mean over all classes, targets one-hot. Keras:
    /// https://keras.io/api/metrics/segmentation_metrics/</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. 255 for "no class". Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true; false where
    /// targets are one-hot.</param>
    /// <param name="axis">The axis of the classes where there is one number for each. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static OneHotMeanIoU OneHotMeanIoU(
        int numClasses,
        int? ignoreClass = null,
        bool? sparseYPred = null,
        int axis = -1,
        string? name = null)
    {
        var defaults = new OneHotMeanIoU(numClasses);
        return new OneHotMeanIoU(numClasses)
        {
            IgnoreClass = ignoreClass,
            SparseYPred = sparseYPred ?? defaults.SparseYPred,
            Axis = axis,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>Pearson's correlation of target and output along an axis, from -1 to 1. Keras:
    /// https://keras.io/api/metrics/regression_metrics/</summary>
    /// <param name="axis">The axis of the numbers that are compared. Default -1, the last.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static PearsonCorrelation PearsonCorrelation(int axis = -1, string? name = null)
    {
        var defaults = new PearsonCorrelation();
        return new PearsonCorrelation() { Axis = axis, Name = name ?? defaults.Name };
    }

    /// <summary>The share of positive outputs whose target is true: true positives / (true + false positives). Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value of the metric for each. Default null: 0.5, or none with
    /// <see cref="DeepGpu.ThresholdListMetric.TopK" />.</param>
    /// <param name="topK">How many of a sample's largest outputs can be positive, at least 1. Default null: all.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Precision Precision(
        IReadOnlyList<double>? thresholds = null,
        int? topK = null,
        int? classId = null,
        string? name = null)
    {
        var defaults = new Precision();
        return new Precision() { Thresholds = thresholds, TopK = topK, ClassId = classId, Name = name ?? defaults.Name };
    }

    /// <summary>The best precision where the recall is high enough. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="recall">The recall to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried, at least 1. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static PrecisionAtRecall PrecisionAtRecall(
        double recall,
        int numThresholds = 200,
        int? classId = null,
        string? name = null)
    {
        var defaults = new PrecisionAtRecall(recall);
        return new PrecisionAtRecall(recall) { NumThresholds = numThresholds, ClassId = classId, Name = name ?? defaults.Name };
    }

    /// <summary>1 - squared errors / squared distances of the targets from their mean: 1 is perfect, 0 no better than the mean. Keras:
    /// https://keras.io/api/metrics/regression_metrics/</summary>
    /// <param name="classAggregation">How the scores of several outputs become one number. Default their mean.</param>
    /// <param name="numRegressors">The number of independent regressors, at least 0, for the adjusted score. Default 0: the plain
    /// score.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static R2Score R2Score(
        ClassAggregation classAggregation = ClassAggregation.UniformAverage,
        int numRegressors = 0,
        string? name = null)
    {
        var defaults = new R2Score();
        return new R2Score()
        {
            ClassAggregation = classAggregation,
            NumRegressors = numRegressors,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The share of true targets whose output is positive: true positives / (true positives + false negatives). Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value of the metric for each. Default null: 0.5, or none with
    /// <see cref="DeepGpu.ThresholdListMetric.TopK" />.</param>
    /// <param name="topK">How many of a sample's largest outputs can be positive, at least 1. Default null: all.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Recall Recall(
        IReadOnlyList<double>? thresholds = null,
        int? topK = null,
        int? classId = null,
        string? name = null)
    {
        var defaults = new Recall();
        return new Recall() { Thresholds = thresholds, TopK = topK, ClassId = classId, Name = name ?? defaults.Name };
    }

    /// <summary>The best recall where the precision is high enough. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="precision">The precision to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried, at least 1. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static RecallAtPrecision RecallAtPrecision(
        double precision,
        int numThresholds = 200,
        int? classId = null,
        string? name = null)
    {
        var defaults = new RecallAtPrecision(precision);
        return new RecallAtPrecision(precision)
        {
            NumThresholds = numThresholds,
            ClassId = classId,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The root of the mean of the squared differences. Keras: https://keras.io/api/metrics/regression_metrics/</summary>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static RootMeanSquaredError RootMeanSquaredError(string? name = null)
    {
        var defaults = new RootMeanSquaredError();
        return new RootMeanSquaredError() { Name = name ?? defaults.Name };
    }

    /// <summary>The best sensitivity (recall) where the specificity is high enough. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="specificity">The specificity to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried, at least 1. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SensitivityAtSpecificity SensitivityAtSpecificity(
        double specificity,
        int numThresholds = 200,
        int? classId = null,
        string? name = null)
    {
        var defaults = new SensitivityAtSpecificity(specificity);
        return new SensitivityAtSpecificity(specificity)
        {
            NumThresholds = numThresholds,
            ClassId = classId,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The share of samples whose largest output is at the target class, targets class indices. Keras:
    /// https://keras.io/api/metrics/accuracy_metrics/</summary>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SparseCategoricalAccuracy SparseCategoricalAccuracy(string? name = null)
    {
        var defaults = new SparseCategoricalAccuracy();
        return new SparseCategoricalAccuracy() { Name = name ?? defaults.Name };
    }

    /// <summary>The share of samples whose target class is among the largest outputs, targets class indices. Keras:
    /// https://keras.io/api/metrics/accuracy_metrics/</summary>
    /// <param name="k">How many of the largest outputs count, at least 1. Default 5.</param>
    /// <param name="fromSortedIds">Whether the outputs are class indices, the most likely first, instead of probabilities. Default
    /// false.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SparseTopKCategoricalAccuracy SparseTopKCategoricalAccuracy(
        int k = 5,
        bool fromSortedIds = false,
        string? name = null)
    {
        var defaults = new SparseTopKCategoricalAccuracy();
        return new SparseTopKCategoricalAccuracy() { K = k, FromSortedIds = fromSortedIds, Name = name ?? defaults.Name };
    }

    /// <summary>The best specificity where the sensitivity (recall) is high enough. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="sensitivity">The sensitivity to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried, at least 1. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at, at least 0. Default null: all.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SpecificityAtSensitivity SpecificityAtSensitivity(
        double sensitivity,
        int numThresholds = 200,
        int? classId = null,
        string? name = null)
    {
        var defaults = new SpecificityAtSensitivity(sensitivity);
        return new SpecificityAtSensitivity(sensitivity)
        {
            NumThresholds = numThresholds,
            ClassId = classId,
            Name = name ?? defaults.Name,
        };
    }

    /// <summary>The weighted sum of the outputs; targets play no part. Keras: https://keras.io/api/metrics/reduction_metrics/</summary>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static Sum Sum(string? name = null)
    {
        var defaults = new Sum();
        return new Sum() { Name = name ?? defaults.Name };
    }

    /// <summary>The share of samples whose target class is among the largest outputs, targets one-hot. Keras:
    /// https://keras.io/api/metrics/accuracy_metrics/</summary>
    /// <param name="k">How many of the largest outputs count, at least 1. Default 5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static TopKCategoricalAccuracy TopKCategoricalAccuracy(int k = 5, string? name = null)
    {
        var defaults = new TopKCategoricalAccuracy();
        return new TopKCategoricalAccuracy() { K = k, Name = name ?? defaults.Name };
    }

    /// <summary>The weight of the outputs not above the threshold whose target is false. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one count for each. Default null: 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static TrueNegatives TrueNegatives(IReadOnlyList<double>? thresholds = null, string? name = null)
    {
        var defaults = new TrueNegatives();
        return new TrueNegatives() { Thresholds = thresholds, Name = name ?? defaults.Name };
    }

    /// <summary>The weight of the outputs above the threshold whose target is true. Keras:
    /// https://keras.io/api/metrics/classification_metrics/</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one count for each. Default null: 0.5.</param>
    /// <param name="name">The key in the history, e.g. "accuracy". Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static TruePositives TruePositives(IReadOnlyList<double>? thresholds = null, string? name = null)
    {
        var defaults = new TruePositives();
        return new TruePositives() { Thresholds = thresholds, Name = name ?? defaults.Name };
    }

    /// <summary>-(target * log(probability) + (1 - target) * log(1 - probability)), the mean over an axis. The metric is its mean over
    /// samples.</summary>
    /// <remarks>Targets from 0 to 1 have the output's shape, or lack its last axis of length 1. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/</remarks>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis the mean is over. Default -1, the last.</param>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric BinaryCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        string? name = null)
    {
        var defaults = new LossMetric(Loss.BinaryCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis));
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>-sum(target * log(probability)) over the classes, targets one-hot. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/ The metric is its mean over samples.</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="labelSmoothing">How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric CategoricalCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        string? name = null)
    {
        var defaults = new LossMetric(Loss.CategoricalCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis));
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>max(1 + the largest wrong output - the right one, 0) over the last axis, targets one-hot. Keras:
    /// https://keras.io/api/losses/hinge_losses/ The metric is its mean over samples.</summary>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric CategoricalHinge(string? name = null)
    {
        var defaults = new LossMetric(Loss.CategoricalHinge());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>max(1 - target * output, 0), the mean over the last axis. Keras: https://keras.io/api/losses/hinge_losses/ The metric is
    /// its mean over samples.</summary>
    /// <remarks>Targets are -1 and 1; a batch of only 0 and 1 counts as -1 and 1.</remarks>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric Hinge(string? name = null)
    {
        var defaults = new LossMetric(Loss.Hinge());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>sum(target * log(target / output)) over the last axis, both probabilities clipped to [1e-7, 1]. Keras:
    /// https://keras.io/api/losses/probabilistic_losses/ The metric is its mean over samples.</summary>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric KLDivergence(string? name = null)
    {
        var defaults = new LossMetric(Loss.KLDivergence());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>log(cosh(output - target)): half the square of a small error, the size of a large one less log(2), the mean over the last
    /// axis. Keras: https://keras.io/api/losses/regression_losses/ The metric is its mean over samples.</summary>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric LogCoshError(string? name = null)
    {
        var defaults = new LossMetric(Loss.LogCosh());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>|target - output|, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/ The metric is its
    /// mean over samples.</summary>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric MeanAbsoluteError(string? name = null)
    {
        var defaults = new LossMetric(Loss.MeanAbsoluteError());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>100 * |target - output| / |target|, in percent, the mean over the last axis. Keras:
    /// https://keras.io/api/losses/regression_losses/ The metric is its mean over samples.</summary>
    /// <remarks>The divisor is at least 1e-7: a target of 0 makes the loss huge, not infinite.</remarks>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric MeanAbsolutePercentageError(string? name = null)
    {
        var defaults = new LossMetric(Loss.MeanAbsolutePercentageError());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>(target - output)^2, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/ The metric is its
    /// mean over samples.</summary>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric MeanSquaredError(string? name = null)
    {
        var defaults = new LossMetric(Loss.MeanSquaredError());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>(log(target + 1) - log(output + 1))^2, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/
    /// The metric is its mean over samples.</summary>
    /// <remarks>Targets and outputs below 1e-7 count as 1e-7: negative ones give no gradient.</remarks>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric MeanSquaredLogarithmicError(string? name = null)
    {
        var defaults = new LossMetric(Loss.MeanSquaredLogarithmicError());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>output - target * log(output), the mean over the last axis. Keras: https://keras.io/api/losses/probabilistic_losses/ The
    /// metric is its mean over samples.</summary>
    /// <remarks>Targets are counts and outputs their expectation, both at least 0; 1e-7 is added inside the logarithm.</remarks>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric Poisson(string? name = null)
    {
        var defaults = new LossMetric(Loss.Poisson());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>-log(probability of the target class), targets class indices. Keras: https://keras.io/api/losses/probabilistic_losses/ The
    /// metric is its mean over samples.</summary>
    /// <param name="fromLogits">Whether the model yields logits instead of probabilities. Default false.</param>
    /// <param name="ignoreClass">A target that does not count, e.g. -1 or 255 for "no class": its loss is 0 and a mean is over the others.
    /// Default null: every target counts.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric SparseCategoricalCrossentropy(
        bool fromLogits = false,
        int? ignoreClass = null,
        int axis = -1,
        string? name = null)
    {
        var defaults = new LossMetric(Loss.SparseCategoricalCrossentropy(fromLogits: fromLogits, ignoreClass: ignoreClass, axis: axis));
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }

    /// <summary>max(1 - target * output, 0)^2, the mean over the last axis. Keras: https://keras.io/api/losses/hinge_losses/ The metric is
    /// its mean over samples.</summary>
    /// <remarks>Targets are -1 and 1; a batch of only 0 and 1 counts as -1 and 1.</remarks>
    /// <param name="name">The key in the history. Default Keras's name of the metric.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static LossMetric SquaredHinge(string? name = null)
    {
        var defaults = new LossMetric(Loss.SquaredHinge());
        return new LossMetric(defaults.Loss) { Name = name ?? defaults.Name };
    }
}
