using DeepGpu.Data;
using DeepGpu.Lowering;
using TorchSharp;

namespace DeepGpu;

/// <summary>One step as a custom loss sees it: the batch, and the model's forward pass.</summary>
public sealed class TrainingStep
{
    private readonly LiveGraph _graph;
    private readonly TensorBatch _batch;
    private readonly ForwardContext _context;

    internal TrainingStep(LiveGraph graph, TensorBatch batch, ForwardContext context)
        => (_graph, _batch, _context) = (graph, batch, context);

    /// <summary>The inputs, the batch on the first axis.</summary>
    public IReadOnlyList<torch.Tensor> Inputs => _batch.Inputs;

    /// <summary>The targets, the batch on the first axis.</summary>
    public IReadOnlyList<torch.Tensor> Targets => _batch.Targets;

    /// <summary>Whether the step trains, or only measures.</summary>
    public bool IsTraining => _context.IsTraining;

    /// <summary>The outputs that metrics see: those of the last call of <see cref="Forward"/>.</summary>
    internal IReadOnlyList<Signal>? Outputs { get; private set; }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">One tensor for each input; null for the batch's own.</param>
    /// <exception cref="TrainingDataException">The tensors do not fit the model.</exception>
    public IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor>? inputs = null)
    {
        if (inputs is not null) DataChecks.Inputs(inputs, _graph.Spec);
        Outputs = _graph.Run([.. (inputs ?? Inputs).Select(input => new Signal(input))], _context);
        return [.. Outputs.Select(output => output.Tensor)];
    }

    /// <summary>How much each sample counts for an output, (batch) or (batch, ...): sample weights times class
    /// weights; null for 1.</summary>
    /// <param name="output">The output, from 0. Default 0.</param>
    public torch.Tensor? Weights(int output = 0) => _batch.WeightsOf(output);

    /// <summary>Which parts of an output of the last <see cref="Forward"/> are not padding, (batch, time); null for all.</summary>
    /// <param name="output">The output, from 0. Default 0.</param>
    public torch.Tensor? Mask(int output = 0) => Outputs?[output].Mask;
}
