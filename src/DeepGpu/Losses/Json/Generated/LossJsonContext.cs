// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Text.Json.Serialization;

namespace DeepGpu;

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
internal sealed partial class LossJsonContext;
