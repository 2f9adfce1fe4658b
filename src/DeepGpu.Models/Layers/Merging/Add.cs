namespace DeepGpu.Models;

/// <summary>The sum of the inputs.</summary>
/// <remarks>Inputs of shapes that broadcast to one another, output of their common shape.
/// Keras: https://keras.io/api/layers/merging_layers/add/</remarks>
public sealed record Add : ElementwiseMerge;
