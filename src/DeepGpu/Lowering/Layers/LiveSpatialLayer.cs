using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A live kernel layer that works channels first, and applies ReLU before the axes go back to the layer's order.</summary>
/// <remarks>Of ReLU in place on a permuted tensor autograd copies the whole gradient twice: a sixth of a small CNN's step.</remarks>
internal abstract class LiveSpatialLayer(Activation activation, DataFormat format)
    : LiveKernelLayer(activation == Activation.Relu ? Activation.Linear : activation)
{
    public sealed override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
    {
        var output = Forward(Spatial.ToChannelsFirst(input, format));
        return Spatial.FromChannelsFirst(activation == Activation.Relu ? output.relu_() : output, format);
    }

    /// <summary>Computes the output again, before the activation.</summary>
    /// <param name="x">The input, (batch, channels, ...).</param>
    protected abstract torch.Tensor Forward(torch.Tensor x);
}
