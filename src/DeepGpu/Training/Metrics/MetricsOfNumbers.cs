using TorchSharp;

namespace DeepGpu;

/// <content>Metrics of numbers, and metrics of your own.</content>
public abstract partial class Metric
{
    /// <summary>The mean of the squared differences.</summary>
    public static Metric MeanSquaredError() => new LossMetric(Loss.MeanSquaredError());

    /// <summary>The root of the mean of the squared differences.</summary>
    public static Metric RootMeanSquaredError() => new RootMeanSquaredError();

    /// <summary>The mean of the absolute differences.</summary>
    public static Metric MeanAbsoluteError() => new LossMetric(Loss.MeanAbsoluteError());

    /// <summary>The mean of the absolute differences as a share of the target, in percent.</summary>
    public static Metric MeanAbsolutePercentageError() => new LossMetric(Loss.MeanAbsolutePercentageError());

    /// <summary>The mean of the squared differences of log(1 + value).</summary>
    public static Metric MeanSquaredLogarithmicError() => new LossMetric(Loss.MeanSquaredLogarithmicError());

    /// <summary>The mean of log(cosh(difference)).</summary>
    public static Metric LogCoshError() => new LossMetric(Loss.LogCosh());

    /// <summary>The mean cosine of the angle between target and output.</summary>
    /// <param name="axis">The axis of the vectors. Default -1, the last.</param>
    public static Metric CosineSimilarity(int axis = -1) => new CosineSimilarityMetric { Axis = axis };

    /// <summary>1 - squared errors / squared distances of the targets from their mean.</summary>
    /// <param name="classAggregation">How the scores of several outputs become one number. Default their mean.</param>
    /// <param name="numRegressors">The number of independent regressors for the adjusted score. Default 0: the plain score.</param>
    public static Metric R2Score(ClassAggregation classAggregation = ClassAggregation.UniformAverage, int numRegressors = 0)
        => new R2Score { ClassAggregation = classAggregation, NumRegressors = numRegressors };

    /// <summary>Pearson's correlation of target and output along an axis.</summary>
    /// <param name="axis">The axis of the numbers that are compared. Default -1, the last.</param>
    public static Metric PearsonCorrelation(int axis = -1) => new PearsonCorrelation { Axis = axis };

    /// <summary>Lin's concordance correlation of target and output along an axis.</summary>
    /// <param name="axis">The axis of the numbers that are compared. Default -1, the last.</param>
    public static Metric ConcordanceCorrelation(int axis = -1) => new ConcordanceCorrelation { Axis = axis };

    /// <summary>The weighted mean of the outputs; targets play no part.</summary>
    public static Metric Mean() => new Mean();

    /// <summary>The weighted sum of the outputs; targets play no part.</summary>
    public static Metric Sum() => new Sum();

    /// <summary>The mean of a loss over samples.</summary>
    /// <param name="loss">The loss.</param>
    public static Metric Of(Loss loss) => new LossMetric(loss);

    /// <summary>A metric of your own as a function, its mean over samples.</summary>
    /// <param name="name">The key in the history.</param>
    /// <param name="perSample">Makes a number for each sample, (batch) or (batch, ...), from target and output,
    /// its activation applied.</param>
    public static Metric Of(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(perSample);
        return new DelegateMetric(name, perSample);
    }
}
