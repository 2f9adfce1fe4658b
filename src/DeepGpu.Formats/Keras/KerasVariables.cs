using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>The variables of one object of a <c>.weights.h5</c> file: a layer, a cell, an optimizer.</summary>
/// <typeparam name="T">What stands for a variable: a <see cref="TensorEntry"/> when read,
/// an <see cref="NDArray"/> to be written.</typeparam>
/// <param name="Path">The group above "vars", addressed by class: "layers/conv2d_1", "layers/lstm/cell", "optimizer";
/// empty for the model's own.</param>
/// <param name="Name">The object's real name, from the attribute "name"; null if the file does not say.</param>
/// <param name="Values">The variables "0", "1", ... in order.</param>
public sealed record KerasVariables<T>(string Path, string? Name, ImmutableArray<T> Values);
