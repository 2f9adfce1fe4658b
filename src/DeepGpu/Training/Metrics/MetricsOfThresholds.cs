namespace DeepGpu;

/// <content>Metrics of counts at thresholds and of class pairs, with Keras's names and defaults.</content>
public abstract partial class Metric
{
    /// <summary>True positives / (true + false positives).</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    /// <param name="topK">How many of a sample's largest outputs can be positive. Default null: all.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric Precision(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null)
        => new Precision { Thresholds = thresholds, TopK = topK, ClassId = classId };

    /// <summary>True positives / (true positives + false negatives).</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    /// <param name="topK">How many of a sample's largest outputs can be positive. Default null: all.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric Recall(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null)
        => new Recall { Thresholds = thresholds, TopK = topK, ClassId = classId };

    /// <summary>The weight of the outputs above the threshold whose target is true.</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    public static Metric TruePositives(IReadOnlyList<double>? thresholds = null) => new TruePositives { Thresholds = thresholds };

    /// <summary>The weight of the outputs above the threshold whose target is false.</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    public static Metric FalsePositives(IReadOnlyList<double>? thresholds = null) => new FalsePositives { Thresholds = thresholds };

    /// <summary>The weight of the outputs not above the threshold whose target is false.</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    public static Metric TrueNegatives(IReadOnlyList<double>? thresholds = null) => new TrueNegatives { Thresholds = thresholds };

    /// <summary>The weight of the outputs not above the threshold whose target is true.</summary>
    /// <param name="thresholds">The thresholds, from 0 to 1; one value for each. Default null: 0.5.</param>
    public static Metric FalseNegatives(IReadOnlyList<double>? thresholds = null) => new FalseNegatives { Thresholds = thresholds };

    /// <summary>The area under a curve of rates over thresholds.</summary>
    /// <param name="numThresholds">How many thresholds the curve has, at least 2. Default 200.</param>
    /// <param name="curve">Which curve. Default the receiver operating characteristic.</param>
    /// <param name="summationMethod">How the area is summed. Default by interpolation.</param>
    /// <param name="multiLabel">Whether each label has a curve of its own. Default false.</param>
    /// <param name="fromLogits">Whether outputs are logits instead of probabilities. Default false.</param>
    public static Metric Auc(int numThresholds = 200, AucCurve curve = AucCurve.Roc,
        AucSummation summationMethod = AucSummation.Interpolation, bool multiLabel = false, bool fromLogits = false)
        => new Auc
        {
            NumThresholds = numThresholds,
            Curve = curve,
            SummationMethod = summationMethod,
            MultiLabel = multiLabel,
            FromLogits = fromLogits
        };

    /// <summary>The best sensitivity where the specificity is high enough.</summary>
    /// <param name="specificity">The specificity to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null)
        => new SensitivityAtSpecificity(specificity) { NumThresholds = numThresholds, ClassId = classId };

    /// <summary>The best specificity where the sensitivity is high enough.</summary>
    /// <param name="sensitivity">The sensitivity to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric SpecificityAtSensitivity(double sensitivity, int numThresholds = 200, int? classId = null)
        => new SpecificityAtSensitivity(sensitivity) { NumThresholds = numThresholds, ClassId = classId };

    /// <summary>The best precision where the recall is high enough.</summary>
    /// <param name="recall">The recall to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric PrecisionAtRecall(double recall, int numThresholds = 200, int? classId = null)
        => new PrecisionAtRecall(recall) { NumThresholds = numThresholds, ClassId = classId };

    /// <summary>The best recall where the precision is high enough.</summary>
    /// <param name="precision">The precision to reach, from 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds from 0 to 1 are tried. Default 200.</param>
    /// <param name="classId">The class on the last axis that alone is looked at. Default null: all.</param>
    public static Metric RecallAtPrecision(double precision, int numThresholds = 200, int? classId = null)
        => new RecallAtPrecision(precision) { NumThresholds = numThresholds, ClassId = classId };

    /// <summary>Intersection over union, the mean over chosen classes.</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="targetClassIds">The classes the mean is over.</param>
    /// <param name="ignoreClass">A target that does not count. Default null: every target counts.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one number for each class. Default true.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric IoU(int numClasses, IReadOnlyList<int> targetClassIds, int? ignoreClass = null, bool sparseYTrue = true,
        bool sparseYPred = true, int axis = -1)
        => new IoU(numClasses, targetClassIds)
        {
            IgnoreClass = ignoreClass,
            SparseYTrue = sparseYTrue,
            SparseYPred = sparseYPred,
            Axis = axis
        };

    /// <summary>Intersection over union, the mean over all classes.</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="ignoreClass">A target that does not count. Default null: every target counts.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one number for each class. Default true.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default true.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric MeanIoU(int numClasses, int? ignoreClass = null, bool sparseYTrue = true, bool sparseYPred = true, int axis = -1)
        => new MeanIoU(numClasses) { IgnoreClass = ignoreClass, SparseYTrue = sparseYTrue, SparseYPred = sparseYPred, Axis = axis };

    /// <summary>Intersection over union, the mean over chosen classes, targets one-hot.</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="targetClassIds">The classes the mean is over.</param>
    /// <param name="ignoreClass">A target that does not count. Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default false.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric OneHotIoU(int numClasses, IReadOnlyList<int> targetClassIds, int? ignoreClass = null,
        bool sparseYPred = false, int axis = -1)
        => new OneHotIoU(numClasses, targetClassIds) { IgnoreClass = ignoreClass, SparseYPred = sparseYPred, Axis = axis };

    /// <summary>Intersection over union, the mean over all classes, targets one-hot.</summary>
    /// <param name="numClasses">How many classes there are, at least 1.</param>
    /// <param name="ignoreClass">A target that does not count. Default null: every target counts.</param>
    /// <param name="sparseYPred">Whether outputs are class indices rather than one number for each class. Default false.</param>
    /// <param name="axis">The axis of the classes. Default -1, the last.</param>
    public static Metric OneHotMeanIoU(int numClasses, int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
        => new OneHotMeanIoU(numClasses) { IgnoreClass = ignoreClass, SparseYPred = sparseYPred, Axis = axis };

    /// <summary>Intersection over union of two classes, outputs compared with a threshold.</summary>
    /// <param name="targetClassIds">The classes the mean is over: 0, 1 or both. Default null: both.</param>
    /// <param name="threshold">Outputs of at least this are class 1. Default 0.5.</param>
    public static Metric BinaryIoU(IReadOnlyList<int>? targetClassIds = null, double threshold = 0.5)
        => new BinaryIoU { TargetClassIds = targetClassIds ?? [0, 1], Threshold = threshold };
}
