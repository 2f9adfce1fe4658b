using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A layer that runs: the torch side of a <see cref="Layer"/> record.</summary>
/// <remarks>A pass runs inside a dispose scope of its own: a layer frees nothing and keeps nothing but its weights.</remarks>
public abstract class LiveLayer
{
    /// <summary>The function applied after <see cref="Forward"/>, kept apart so that a loss can take its input (the logits).</summary>
    public virtual Activation Activation => Activation.Linear;

    /// <summary>Computes the outputs, before <see cref="Activation"/>.</summary>
    /// <param name="inputs">The inputs, the batch on the first axis.</param>
    /// <param name="context">What kind of pass it is.</param>
    public abstract IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor> inputs, ForwardContext context);
}

/// <summary>A live layer with one input and one output.</summary>
public abstract class UnaryLiveLayer : LiveLayer
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor> inputs, ForwardContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [Forward(inputs[0], context)];
    }

    /// <summary>Computes the output, before <see cref="LiveLayer.Activation"/>.</summary>
    /// <param name="input">The input, the batch on the first axis.</param>
    /// <param name="context">What kind of pass it is.</param>
    public abstract torch.Tensor Forward(torch.Tensor input, ForwardContext context);
}
