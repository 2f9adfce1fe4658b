namespace DeepGpu.Models;

/// <summary>Adam whose step of each weight has a length in proportion to the weight's own norm: for large batches.
/// You and others, 2019, https://arxiv.org/abs/1904.00962.</summary>
/// <remarks>Keras: https://keras.io/api/optimizers/lamb/</remarks>
public sealed record Lamb : MomentOptimizer;
