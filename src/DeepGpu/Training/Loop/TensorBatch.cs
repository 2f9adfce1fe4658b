using TorchSharp;

namespace DeepGpu;

/// <summary>A batch on the model's device.</summary>
/// <param name="Inputs">A tensor for each input, (batch, ...).</param>
/// <param name="Targets">A tensor for each output, (batch, ...); none where there is nothing to learn from.</param>
/// <param name="Weights">A weight for each sample, (batch); null for 1.</param>
internal readonly record struct TensorBatch(IReadOnlyList<torch.Tensor> Inputs, IReadOnlyList<torch.Tensor> Targets, torch.Tensor? Weights = null)
{
    /// <summary>How many samples it holds.</summary>
    public int Size => (int)Inputs[0].shape[0];

    /// <summary>Some of its samples, as views.</summary>
    public TensorBatch Narrow(int start, int count)
        => new([.. Inputs.Select(t => t.narrow(0, start, count))], [.. Targets.Select(t => t.narrow(0, start, count))], Weights?.narrow(0, start, count));
}
