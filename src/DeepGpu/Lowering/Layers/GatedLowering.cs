using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Gated feed-forward networks, alone and several with a router.</summary>
internal static class GatedLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<GatedFeedForward>((layer, context) => new LiveGatedFeedForward(layer, context))
        .With<MixtureOfExperts>((layer, context) => new LiveExperts(layer, context));

    private sealed class LiveGatedFeedForward(GatedFeedForward layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveLayer[] _parts = [.. layer.Parts(context.Inputs[0])
            .Select(part => context.Inner(part.Layer, part.Name, part.Inputs))];

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var gate = layer.Activation.ApplyOver(Run(0, input, context));
            return Run(2, gate * Run(1, input, context), context);
        }

        private torch.Tensor Run(int part, torch.Tensor x, ForwardContext context) => _parts[part].Forward([new(x)], context)[0].Tensor;
    }
}
