namespace DeepGpu;

/// <summary>Everything an optimizer knows between two steps: with it, and the weights,
/// training continues as if it had never stopped.</summary>
/// <param name="Steps">Steps taken, those included that only gathered gradients.</param>
/// <param name="LearningRate">The rate that replaced the description's; null where none did.</param>
/// <param name="LossScale">The factor of the next loss.</param>
/// <param name="FiniteSteps">Finite steps since the scale last changed.</param>
/// <param name="Arrays">What is kept for each weight: "layer/weight/slot", in Keras's layout.</param>
internal sealed record OptimizerState(long Steps, double? LearningRate, double LossScale, int FiniteSteps,
    IReadOnlyDictionary<string, NDArray> Arrays);
