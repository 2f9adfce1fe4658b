using System.Text.Json.Serialization;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Reads and writes the options of losses and metrics without reflection;
/// Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(NoneEnumConverter<Reduction>), typeof(NoneEnumConverter<MetricAverage>), typeof(NoneEnumConverter<ClassAggregation>),
        typeof(AucCurveConverter), typeof(EnumConverter<AucSummation>), typeof(NumberListConverter), typeof(IntegerListConverter),
    ])]
[JsonSerializable(typeof(BinaryCrossentropy))]
[JsonSerializable(typeof(BinaryFocalCrossentropy))]
[JsonSerializable(typeof(CategoricalCrossentropy))]
[JsonSerializable(typeof(CategoricalFocalCrossentropy))]
[JsonSerializable(typeof(CategoricalGeneralizedCrossEntropy))]
[JsonSerializable(typeof(CategoricalHinge))]
[JsonSerializable(typeof(Circle))]
[JsonSerializable(typeof(CosineSimilarity))]
[JsonSerializable(typeof(Ctc))]
[JsonSerializable(typeof(Dice))]
[JsonSerializable(typeof(Hinge))]
[JsonSerializable(typeof(Huber))]
[JsonSerializable(typeof(KLDivergence))]
[JsonSerializable(typeof(LogCosh))]
[JsonSerializable(typeof(MeanAbsoluteError))]
[JsonSerializable(typeof(MeanAbsolutePercentageError))]
[JsonSerializable(typeof(MeanSquaredError))]
[JsonSerializable(typeof(MeanSquaredLogarithmicError))]
[JsonSerializable(typeof(Poisson))]
[JsonSerializable(typeof(SparseCategoricalCrossentropy))]
[JsonSerializable(typeof(SquaredHinge))]
[JsonSerializable(typeof(Tversky))]
[JsonSerializable(typeof(Auc))]
[JsonSerializable(typeof(EqualAccuracy))]
[JsonSerializable(typeof(BinaryAccuracy))]
[JsonSerializable(typeof(BinaryIoU))]
[JsonSerializable(typeof(CategoricalAccuracy))]
[JsonSerializable(typeof(ConcordanceCorrelation))]
[JsonSerializable(typeof(CosineSimilarityMetric))]
[JsonSerializable(typeof(F1Score))]
[JsonSerializable(typeof(FBetaScore))]
[JsonSerializable(typeof(FalseNegatives))]
[JsonSerializable(typeof(FalsePositives))]
[JsonSerializable(typeof(IoU))]
[JsonSerializable(typeof(Mean))]
[JsonSerializable(typeof(MeanIoU))]
[JsonSerializable(typeof(OneHotIoU))]
[JsonSerializable(typeof(OneHotMeanIoU))]
[JsonSerializable(typeof(PearsonCorrelation))]
[JsonSerializable(typeof(Precision))]
[JsonSerializable(typeof(PrecisionAtRecall))]
[JsonSerializable(typeof(R2Score))]
[JsonSerializable(typeof(Recall))]
[JsonSerializable(typeof(RecallAtPrecision))]
[JsonSerializable(typeof(RootMeanSquaredError))]
[JsonSerializable(typeof(SensitivityAtSpecificity))]
[JsonSerializable(typeof(SparseCategoricalAccuracy))]
[JsonSerializable(typeof(SparseTopKCategoricalAccuracy))]
[JsonSerializable(typeof(SpecificityAtSensitivity))]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(TopKCategoricalAccuracy))]
[JsonSerializable(typeof(TrueNegatives))]
[JsonSerializable(typeof(TruePositives))]
internal sealed partial class TrainingJsonContext : JsonSerializerContext;
