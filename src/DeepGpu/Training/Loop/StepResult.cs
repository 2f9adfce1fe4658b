using TorchSharp;

namespace DeepGpu.Training;

/// <summary>What a forward pass yields.</summary>
/// <param name="Losses">The mean losses of the batch: the total first, then each output's where there are several.</param>
/// <param name="Outputs">The outputs without gradients, as the graph yields them, with their masks.</param>
internal readonly record struct StepResult(IReadOnlyList<torch.Tensor> Losses, IReadOnlyList<Signal> Outputs);
