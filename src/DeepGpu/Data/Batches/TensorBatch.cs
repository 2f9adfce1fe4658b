using TorchSharp;

namespace DeepGpu;

/// <summary>A batch on the model's device.</summary>
/// <param name="Inputs">A tensor for each input, (batch, ...).</param>
/// <param name="Targets">A tensor for each output, (batch, ...); none where there is nothing to learn from.</param>
/// <param name="Weights">How much each sample counts, (batch) or (batch, ...): none for 1,
/// one tensor for every output, or one for each.</param>
internal readonly record struct TensorBatch(IReadOnlyList<torch.Tensor> Inputs, IReadOnlyList<torch.Tensor> Targets,
    IReadOnlyList<torch.Tensor> Weights)
{
    /// <summary>A batch whose samples all count alike.</summary>
    public TensorBatch(IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> targets)
        : this(inputs, targets, [])
    {
    }

    /// <summary>How many samples it holds.</summary>
    public int Size => (int)Inputs[0].shape[0];

    /// <summary>The weights of the samples for one output; null for 1.</summary>
    public torch.Tensor? WeightsOf(int output) => Weights.Count == 0 ? null : Weights[Weights.Count > 1 ? output : 0];

    /// <summary>Some of its samples, as views.</summary>
    public TensorBatch Narrow(int start, int count)
        => new([.. Inputs.Select(t => t.narrow(0, start, count))], [.. Targets.Select(t => t.narrow(0, start, count))],
            [.. Weights.Select(t => t.narrow(0, start, count))]);
}
