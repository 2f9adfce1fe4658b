using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Activations as layers.</summary>
internal static class ActivationLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<ActivationLayer>(layer => new LiveActivation(layer.Activation))
        .With<ReLU>(layer =>
            new LiveFunction(x => ActivationFunctions.Relu(x, layer.NegativeSlope, layer.MaxValue, layer.Threshold), passesMask: true))
        .With<LeakyReLU>(layer => new LiveFunction(x => x.leaky_relu(Number(layer.NegativeSlope)), passesMask: true))
        .With<ELU>(layer => new LiveFunction(x => ActivationFunctions.Elu(x, layer.Alpha), passesMask: true))
        .With<PReLU>((_, context) => new LivePReLU(context))
        .With<Softmax>(layer => new LiveSoftmax(layer));

    /// <summary>Passes its input on: the activation itself is applied as every layer's is.</summary>
    private sealed class LiveActivation(Activation activation) : UnaryLiveLayer
    {
        public override Activation Activation => activation;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input;
    }

    private sealed class LivePReLU(LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _alpha = context.Weight("alpha");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input.relu() - _alpha.Value * (-input).relu();
    }

    /// <summary>What is masked gets 0, also where all is masked. A mask of steps, (batch, time), holds for every feature
    /// of a step.</summary>
    private sealed class LiveSoftmax(Softmax layer) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (x, mask) = inputs[0];
            var (kept, axes) = (mask is null ? null : Wide(mask, x), layer.Axis.In((int)x.dim()));
            return [new(AttentionScores.MaskedSoftmax(x, kept, keepsEmpty: false, [.. axes]), mask)];
        }

        private static torch.Tensor Wide(torch.Tensor mask, torch.Tensor x)
            => mask.reshape([.. mask.shape, .. Enumerable.Repeat(1L, (int)(x.dim() - mask.dim()))]);
    }
}
