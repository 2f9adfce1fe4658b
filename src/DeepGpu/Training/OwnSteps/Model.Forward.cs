using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <content>The forward pass on tensors.</content>
public sealed partial class Model
{
    /// <summary>Runs a model with one input and one output on a tensor, as <c>Predict</c> does. Gradients are recorded where torch records
    /// them: with respect to the input, for example. To train, see <see cref="LiveOptimizer"/>.</summary>
    /// <param name="input">The input on the model's device, (batch, ...).</param>
    /// <returns>The output, (batch, ...); it belongs to the caller, or to the caller's dispose scope.</returns>
    /// <exception cref="TrainingDataException">The tensor does not fit the model.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public torch.Tensor Forward(torch.Tensor input) => Forward([input]).Single();

    /// <summary>Runs the model on tensors, as <c>Predict</c> does. Gradients are recorded where torch records them.</summary>
    /// <param name="inputs">A tensor for each input on the model's device, (batch, ...).</param>
    /// <returns>The outputs, (batch, ...); they belong to the caller, or to the caller's dispose scope.</returns>
    /// <exception cref="TrainingDataException">The tensors do not fit the model.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        DataChecks.Inputs(inputs, Spec);
        return TorchBorder.Run(nameof(Forward), () =>
        {
            using var scope = torch.NewDisposeScope();
            using var reading = _use.Weights.Read();
            Graph.Memory.Demand(inputs, trains: false);
            return (IReadOnlyList<torch.Tensor>)[.. Graph.Run([.. inputs.Select(input => new Signal(input))], ForwardContext.Inference)
                .Select(output => output.Tensor.MoveToOuterDisposeScope())];
        });
    }

    /// <summary>What random numbers follow from.</summary>
    internal int Seed => _seed;

    /// <summary>Whether a pass that trains changes what others read: moving statistics, states of recurrent layers.</summary>
    internal bool ChangesInPass => Graph.IsStateful || Weights.Any(weight => weight.Spec.IsChangedByTraining);
}
