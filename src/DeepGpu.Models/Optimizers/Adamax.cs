namespace DeepGpu.Models;

/// <summary>Adam with the largest recent size of the gradient instead of its mean square. Kingma and Ba, 2014, section 7.1.</summary>
/// <remarks>u = max(beta2 * u, |gradient|). Keras: https://keras.io/api/optimizers/adamax/</remarks>
public sealed record Adamax : MomentOptimizer;
