namespace DeepGpu.Models;

/// <summary>Adam with Nesterov's momentum. Dozat, 2015, http://cs229.stanford.edu/proj2015/054_report.pdf.</summary>
/// <remarks>The momentum of step t is beta1 * (1 - 0.5 * 0.96^t). Keras: https://keras.io/api/optimizers/nadam/</remarks>
public sealed record Nadam : MomentOptimizer;
