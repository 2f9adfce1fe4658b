using DeepGpu.Models;

namespace DeepGpu;

/// <summary>What a model file is written from: a description and where the weights' values are.</summary>
/// <param name="Spec">The description.</param>
/// <param name="Values">A weight's values in Keras's layout, by its name.</param>
internal sealed record ModelContent(ModelSpec Spec, Func<string, NDArray> Values);
