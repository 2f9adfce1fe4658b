using TorchSharp;

namespace DeepGpu;

/// <summary>One step as a custom loss sees it: the batch, and the model's forward pass.</summary>
public sealed class TrainingStep
{
    private readonly LiveGraph _graph;
    private readonly ForwardContext _context;

    internal TrainingStep(LiveGraph graph, TensorBatch batch, ForwardContext context)
        => (_graph, _context, Inputs, Targets, Weights) = (graph, context, batch.Inputs, batch.Targets, batch.Weights);

    /// <summary>The inputs, the batch on the first axis.</summary>
    public IReadOnlyList<torch.Tensor> Inputs { get; }

    /// <summary>The targets, the batch on the first axis.</summary>
    public IReadOnlyList<torch.Tensor> Targets { get; }

    /// <summary>A weight for each sample, (batch); null for 1.</summary>
    public torch.Tensor? Weights { get; }

    /// <summary>Whether the step trains, or only measures.</summary>
    public bool IsTraining => _context.IsTraining;

    /// <summary>The outputs that metrics see: those of the last call of <see cref="Forward"/>.</summary>
    internal IReadOnlyList<torch.Tensor>? Outputs { get; private set; }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">One tensor for each input; null for the batch's own.</param>
    public IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor>? inputs = null)
        => Outputs = [.. _graph.Run([.. (inputs ?? Inputs).Select(input => new Signal(input))], _context).Select(output => output.Tensor)];
}
