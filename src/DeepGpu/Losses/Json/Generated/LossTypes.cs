// Written by eng/Generate from the classes' declarations: change those, then run it.
using DeepGpu.Models;

namespace DeepGpu;

/// <content>The rows.</content>
internal static partial class LossTypes
{
    private static KerasType[] LossRows() =>
    [
        new KerasType<BinaryCrossentropy>("BinaryCrossentropy", () => Json.BinaryCrossentropy, () => new())
        { Aliases = ["bce"], MeanMetric = "BinaryCrossentropy" },
        new KerasType<BinaryFocalCrossentropy>("BinaryFocalCrossentropy", () => Json.BinaryFocalCrossentropy, () => new()),
        new KerasType<CategoricalCrossentropy>("CategoricalCrossentropy", () => Json.CategoricalCrossentropy, () => new())
        { MeanMetric = "CategoricalCrossentropy" },
        new KerasType<CategoricalFocalCrossentropy>(
            "CategoricalFocalCrossentropy", () => Json.CategoricalFocalCrossentropy, () => new()),
        new KerasType<CategoricalGeneralizedCrossEntropy>(
            "CategoricalGeneralizedCrossEntropy", () => Json.CategoricalGeneralizedCrossEntropy, () => new()),
        new KerasType<CategoricalHinge>("CategoricalHinge", () => Json.CategoricalHinge, () => new())
        { MeanMetric = "CategoricalHinge" },
        new KerasType<Circle>("Circle", () => Json.Circle, () => new()),
        new KerasType<CosineSimilarity>("CosineSimilarity", () => Json.CosineSimilarity, () => new()),
        new KerasType<Ctc>("CTC", () => Json.Ctc, () => new()),
        new KerasType<Dice>("Dice", () => Json.Dice, () => new()),
        new KerasType<Hinge>("Hinge", () => Json.Hinge, () => new()) { MeanMetric = "Hinge" },
        new KerasType<Huber>("Huber", () => Json.Huber, () => new()),
        new KerasType<KLDivergence>("KLDivergence", () => Json.KLDivergence, () => new())
        { Aliases = ["kld"], MeanMetric = "KLDivergence" },
        new KerasType<LogCosh>("LogCosh", () => Json.LogCosh, () => new()) { MeanMetric = "LogCoshError" },
        new KerasType<MeanAbsoluteError>("MeanAbsoluteError", () => Json.MeanAbsoluteError, () => new())
        { Aliases = ["mae"], MeanMetric = "MeanAbsoluteError" },
        new KerasType<MeanAbsolutePercentageError>("MeanAbsolutePercentageError", () => Json.MeanAbsolutePercentageError, () => new())
        { Aliases = ["mape"], MeanMetric = "MeanAbsolutePercentageError" },
        new KerasType<MeanSquaredError>("MeanSquaredError", () => Json.MeanSquaredError, () => new())
        { Aliases = ["mse"], MeanMetric = "MeanSquaredError" },
        new KerasType<MeanSquaredLogarithmicError>("MeanSquaredLogarithmicError", () => Json.MeanSquaredLogarithmicError, () => new())
        { Aliases = ["msle"], MeanMetric = "MeanSquaredLogarithmicError" },
        new KerasType<Poisson>("Poisson", () => Json.Poisson, () => new()) { MeanMetric = "Poisson" },
        new KerasType<SparseCategoricalCrossentropy>("SparseCategoricalCrossentropy", () => Json.SparseCategoricalCrossentropy, () => new())
        { MeanMetric = "SparseCategoricalCrossentropy" },
        new KerasType<SquaredHinge>("SquaredHinge", () => Json.SquaredHinge, () => new()) { MeanMetric = "SquaredHinge" },
        new KerasType<Tversky>("Tversky", () => Json.Tversky, () => new()),
    ];
}
