using DeepGpu.Lowering;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A value that flows through a live model: a tensor, and which of its steps are not padding.</summary>
/// <param name="Tensor">The values, the batch on the first axis.</param>
/// <param name="Mask">True where a step counts, (batch, time); null where every step counts.</param>
public readonly record struct Signal(torch.Tensor Tensor, torch.Tensor? Mask = null);

/// <summary>A layer that runs: the torch side of a <see cref="Layer"/> record.</summary>
/// <remarks>A pass runs inside a dispose scope of its own: a layer frees nothing and keeps nothing but its weights.</remarks>
public abstract class LiveLayer
{
    /// <summary>The function applied after <see cref="Forward"/>, kept apart so that a loss can take its input (the logits).</summary>
    public virtual Activation Activation => Activation.Linear;

    /// <summary>Whether inputs are first converted to the format the layer computes in;
    /// false for a layer that takes numbers of words. Default true.</summary>
    public virtual bool CastsInputs => true;

    /// <summary>Computes the outputs, before <see cref="Activation"/>.</summary>
    /// <param name="inputs">The inputs, the batch on the first axis.</param>
    /// <param name="context">What kind of pass it is.</param>
    public abstract IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context);

    /// <summary>Forgets what was kept from earlier batches; only stateful recurrent layers keep anything.</summary>
    public virtual void ResetState()
    {
    }

    /// <summary>What runs a call of the layer: itself, unless calls differ in what they compute.</summary>
    internal virtual LiveLayer CalledAs(Layer call) => this;

    /// <summary>The recurrent layers it is made of, those that keep nothing too.</summary>
    internal virtual IEnumerable<LiveSequence> Sequences => [];
}

/// <summary>A live layer with one input and one output.</summary>
public abstract class UnaryLiveLayer : LiveLayer
{
    /// <summary>Whether the input's mask holds for the output too. Default true.</summary>
    protected virtual bool PassesMask => true;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [new(Forward(inputs[0].Tensor, context), PassesMask ? inputs[0].Mask : null)];
    }

    /// <summary>Computes the output, before <see cref="LiveLayer.Activation"/>.</summary>
    /// <param name="input">The input, the batch on the first axis.</param>
    /// <param name="context">What kind of pass it is.</param>
    public abstract torch.Tensor Forward(torch.Tensor input, ForwardContext context);
}

/// <summary>A live layer that computes its output again with a kernel, so that the activation may overwrite it.</summary>
/// <param name="activation">The function applied after the layer.</param>
/// <param name="passesMask">Whether the input's mask holds for the output too.</param>
internal abstract class LiveKernelLayer(Activation activation, bool passesMask = false) : UnaryLiveLayer
{
    public sealed override Activation Activation => activation;

    protected sealed override bool PassesMask => passesMask;
}

/// <summary>A live layer that is one function of its input.</summary>
/// <param name="function">The function.</param>
/// <param name="passesMask">Whether the input's mask holds for the output too.</param>
/// <param name="castsInputs">Whether the input is first converted to the format the layer computes in.</param>
internal sealed class LiveFunction(Func<torch.Tensor, torch.Tensor> function, bool passesMask = false, bool castsInputs = true)
    : UnaryLiveLayer
{
    public override bool CastsInputs => castsInputs;

    protected override bool PassesMask => passesMask;

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => function(input);
}
