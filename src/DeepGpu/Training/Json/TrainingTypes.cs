using DeepGpu.Models;

namespace DeepGpu;

/// <summary>The losses and metrics a config may name, literal lists: nothing in a file can name a .NET type.</summary>
internal static class TrainingTypes
{
    private static readonly TrainingJsonContext Json = TrainingJsonContext.Default;

    private static readonly KerasType[] Losses =
    [
        Loss(Json.BinaryCrossentropy, new BinaryCrossentropy()),
        Loss(Json.BinaryFocalCrossentropy, new BinaryFocalCrossentropy()),
        Loss(Json.CategoricalCrossentropy, new CategoricalCrossentropy()),
        Loss(Json.CategoricalFocalCrossentropy, new CategoricalFocalCrossentropy()),
        Loss(Json.CategoricalGeneralizedCrossEntropy, new CategoricalGeneralizedCrossEntropy()),
        Loss(Json.CategoricalHinge, new CategoricalHinge()),
        Loss(Json.Circle, new Circle()),
        Loss(Json.CosineSimilarity, new CosineSimilarity()),
        new("CTC", "ctc", Json.Ctc, new Ctc()),
        Loss(Json.Dice, new Dice()),
        Loss(Json.Hinge, new Hinge()),
        Loss(Json.Huber, new Huber()),
        Loss(Json.KLDivergence, new KLDivergence()),
        Loss(Json.LogCosh, new LogCosh()),
        Loss(Json.MeanAbsoluteError, new MeanAbsoluteError()),
        Loss(Json.MeanAbsolutePercentageError, new MeanAbsolutePercentageError()),
        Loss(Json.MeanSquaredError, new MeanSquaredError()),
        Loss(Json.MeanSquaredLogarithmicError, new MeanSquaredLogarithmicError()),
        Loss(Json.Poisson, new Poisson()),
        Loss(Json.SparseCategoricalCrossentropy, new SparseCategoricalCrossentropy()),
        Loss(Json.SquaredHinge, new SquaredHinge()),
        Loss(Json.Tversky, new Tversky()),
    ];

    private static readonly KerasType[] Metrics =
    [
        new("AUC", "", Json.Auc, new Auc()),
        new("Accuracy", "", Json.EqualAccuracy, new EqualAccuracy()),
        new("BinaryAccuracy", "", Json.BinaryAccuracy, new BinaryAccuracy()),
        new("BinaryIoU", "", Json.BinaryIoU, new BinaryIoU()),
        new("CategoricalAccuracy", "", Json.CategoricalAccuracy, new CategoricalAccuracy()),
        new("ConcordanceCorrelation", "", Json.ConcordanceCorrelation, new ConcordanceCorrelation()),
        new("CosineSimilarity", "", Json.CosineSimilarityMetric, new CosineSimilarityMetric()),
        new("F1Score", "", Json.F1Score, new F1Score()),
        new("FBetaScore", "", Json.FBetaScore, new FBetaScore()),
        new("FalseNegatives", "", Json.FalseNegatives, new FalseNegatives()),
        new("FalsePositives", "", Json.FalsePositives, new FalsePositives()),
        new("IoU", "", Json.IoU, new IoU(1, [0])),
        new("Mean", "", Json.Mean, new Mean()),
        new("MeanIoU", "", Json.MeanIoU, new MeanIoU(1)),
        new("OneHotIoU", "", Json.OneHotIoU, new OneHotIoU(1, [0])),
        new("OneHotMeanIoU", "", Json.OneHotMeanIoU, new OneHotMeanIoU(1)),
        new("PearsonCorrelation", "", Json.PearsonCorrelation, new PearsonCorrelation()),
        new("Precision", "", Json.Precision, new Precision()),
        new("PrecisionAtRecall", "", Json.PrecisionAtRecall, new PrecisionAtRecall(0)),
        new("R2Score", "", Json.R2Score, new R2Score()),
        new("Recall", "", Json.Recall, new Recall()),
        new("RecallAtPrecision", "", Json.RecallAtPrecision, new RecallAtPrecision(0)),
        new("RootMeanSquaredError", "", Json.RootMeanSquaredError, new RootMeanSquaredError()),
        new("SensitivityAtSpecificity", "", Json.SensitivityAtSpecificity, new SensitivityAtSpecificity(0)),
        new("SparseCategoricalAccuracy", "", Json.SparseCategoricalAccuracy, new SparseCategoricalAccuracy()),
        new("SparseTopKCategoricalAccuracy", "", Json.SparseTopKCategoricalAccuracy, new SparseTopKCategoricalAccuracy()),
        new("SpecificityAtSensitivity", "", Json.SpecificityAtSensitivity, new SpecificityAtSensitivity(0)),
        new("Sum", "", Json.Sum, new Sum()),
        new("TopKCategoricalAccuracy", "", Json.TopKCategoricalAccuracy, new TopKCategoricalAccuracy()),
        new("TrueNegatives", "", Json.TrueNegatives, new TrueNegatives()),
        new("TruePositives", "", Json.TruePositives, new TruePositives()),
    ];

    /// <summary>Losses whose mean is a class of metrics in Keras: the class, and the loss's class.</summary>
    private static readonly (string Metric, string Loss)[] MeanLosses =
    [
        ("BinaryCrossentropy", "BinaryCrossentropy"),
        ("CategoricalCrossentropy", "CategoricalCrossentropy"),
        ("CategoricalHinge", "CategoricalHinge"),
        ("Hinge", "Hinge"),
        ("KLDivergence", "KLDivergence"),
        ("LogCoshError", "LogCosh"),
        ("MeanAbsoluteError", "MeanAbsoluteError"),
        ("MeanAbsolutePercentageError", "MeanAbsolutePercentageError"),
        ("MeanSquaredError", "MeanSquaredError"),
        ("MeanSquaredLogarithmicError", "MeanSquaredLogarithmicError"),
        ("Poisson", "Poisson"),
        ("SparseCategoricalCrossentropy", "SparseCategoricalCrossentropy"),
        ("SquaredHinge", "SquaredHinge"),
    ];

    /// <summary>A loss by its class, function or short name in Keras; null for one this library does not know.</summary>
    public static KerasType? LossOf(string name) => Find(Losses, type => type.ClassName, Plain(name));

    /// <summary>A metric by its class, function or short name in Keras;
    /// null for one this library does not know, and for means of losses.</summary>
    public static KerasType? MetricOf(string name) => Find(Metrics, type => type.ClassName, Plain(name));

    /// <summary>The loss whose mean a class of metrics is; null if it is none.</summary>
    public static KerasType? MeanLossOf(string name)
    {
        var plain = Plain(name) is "logcosh" ? "logcosherror" : Plain(name);
        return MeanLosses.FirstOrDefault(pair => Plain(pair.Metric) == plain) is { Loss: { } loss } ? LossOf(loss) : null;
    }

    /// <summary>Keras's class of metrics that is the mean of a loss; null if there is none.</summary>
    public static string? MeanMetricOf(Loss loss) => MeanLosses.FirstOrDefault(pair => pair.Loss == loss.GetType().Name).Metric;

    /// <summary>The class of an object; null for one that is not Keras's.</summary>
    public static KerasType? Of(object value)
        => (value is Loss ? Losses : Metrics).FirstOrDefault(type => type.Sample.GetType() == value.GetType());

    private static KerasType Loss(System.Text.Json.Serialization.Metadata.JsonTypeInfo json, Loss sample)
        => new(sample.GetType().Name, sample.Name, json, sample);

    private static KerasType? Find(KerasType[] types, Func<KerasType, string> nameOf, string plain)
        => types.FirstOrDefault(type => Plain(nameOf(type)) == plain);

    /// <summary>"mean_squared_error", "MSE" and "MeanSquaredError" alike.</summary>
    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "mse" => "meansquarederror",
        "mae" => "meanabsoluteerror",
        "mape" => "meanabsolutepercentageerror",
        "msle" => "meansquaredlogarithmicerror",
        "bce" => "binarycrossentropy",
        "kld" => "kldivergence",
        "rmse" => "rootmeansquarederror",
        var plain => plain,
    };
}
