namespace DeepGpu.Models;

/// <summary>The mean of the inputs.</summary>
/// <remarks>Inputs of shapes that broadcast to one another, output of their common shape.
/// Keras: https://keras.io/api/layers/merging_layers/average/</remarks>
public sealed record Average : ElementwiseMerge;
