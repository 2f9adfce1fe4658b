// Written by eng/Generate from the classes' declarations: change those, then run it.
using DeepGpu.Models;

namespace DeepGpu;

/// <content>The rows.</content>
internal static partial class MetricTypes
{
    private static KerasType[] MetricRows() =>
    [
        new KerasType<Auc>("AUC", () => Json.Auc, () => new()),
        new KerasType<BinaryAccuracy>("BinaryAccuracy", () => Json.BinaryAccuracy, () => new()),
        new KerasType<BinaryIoU>("BinaryIoU", () => Json.BinaryIoU, () => new()),
        new KerasType<CategoricalAccuracy>("CategoricalAccuracy", () => Json.CategoricalAccuracy, () => new()),
        new KerasType<ConcordanceCorrelation>("ConcordanceCorrelation", () => Json.ConcordanceCorrelation, () => new()),
        new KerasType<CosineSimilarityMetric>("CosineSimilarity", () => Json.CosineSimilarityMetric, () => new()),
        new KerasType<EqualAccuracy>("Accuracy", () => Json.EqualAccuracy, () => new()),
        new KerasType<F1Score>("F1Score", () => Json.F1Score, () => new()),
        new KerasType<FBetaScore>("FBetaScore", () => Json.FBetaScore, () => new()),
        new KerasType<FalseNegatives>("FalseNegatives", () => Json.FalseNegatives, () => new()),
        new KerasType<FalsePositives>("FalsePositives", () => Json.FalsePositives, () => new()),
        new KerasType<IoU>("IoU", () => Json.IoU, () => new(1, [0])),
        new KerasType<Mean>("Mean", () => Json.Mean, () => new()),
        new KerasType<MeanIoU>("MeanIoU", () => Json.MeanIoU, () => new(1)),
        new KerasType<OneHotIoU>("OneHotIoU", () => Json.OneHotIoU, () => new(1, [0])),
        new KerasType<OneHotMeanIoU>("OneHotMeanIoU", () => Json.OneHotMeanIoU, () => new(1)),
        new KerasType<PearsonCorrelation>("PearsonCorrelation", () => Json.PearsonCorrelation, () => new()),
        new KerasType<Precision>("Precision", () => Json.Precision, () => new()),
        new KerasType<PrecisionAtRecall>("PrecisionAtRecall", () => Json.PrecisionAtRecall, () => new(0.5)),
        new KerasType<R2Score>("R2Score", () => Json.R2Score, () => new()),
        new KerasType<Recall>("Recall", () => Json.Recall, () => new()),
        new KerasType<RecallAtPrecision>("RecallAtPrecision", () => Json.RecallAtPrecision, () => new(0.5)),
        new KerasType<RootMeanSquaredError>("RootMeanSquaredError", () => Json.RootMeanSquaredError, () => new())
        { Aliases = ["rmse"] },
        new KerasType<SensitivityAtSpecificity>("SensitivityAtSpecificity", () => Json.SensitivityAtSpecificity, () => new(0.5)),
        new KerasType<SparseCategoricalAccuracy>("SparseCategoricalAccuracy", () => Json.SparseCategoricalAccuracy, () => new()),
        new KerasType<SparseTopKCategoricalAccuracy>(
            "SparseTopKCategoricalAccuracy", () => Json.SparseTopKCategoricalAccuracy, () => new()),
        new KerasType<SpecificityAtSensitivity>("SpecificityAtSensitivity", () => Json.SpecificityAtSensitivity, () => new(0.5)),
        new KerasType<Sum>("Sum", () => Json.Sum, () => new()),
        new KerasType<TopKCategoricalAccuracy>("TopKCategoricalAccuracy", () => Json.TopKCategoricalAccuracy, () => new()),
        new KerasType<TrueNegatives>("TrueNegatives", () => Json.TrueNegatives, () => new()),
        new KerasType<TruePositives>("TruePositives", () => Json.TruePositives, () => new()),
    ];
}
