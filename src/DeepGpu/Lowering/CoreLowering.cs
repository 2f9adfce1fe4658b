using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Dense, Flatten, Dropout.</summary>
internal static class CoreLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Dense>((layer, context) => new LiveDense(layer, context))
        .With<Flatten>((_, _) => new LiveFlatten())
        .With<Dropout>((layer, _) => new LiveDropout(layer.Rate));

    private sealed class LiveDense(Dense layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", WeightLayout.Transposed);
        private readonly LiveWeight? _bias = context.OptionalWeight("bias", WeightLayout.AsKeras);

        public override Activation Activation => layer.Activation;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => torch.nn.functional.linear(input, _kernel.Tensor, _bias?.Tensor);
    }

    private sealed class LiveFlatten : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input.flatten(1);
    }

    private sealed class LiveDropout(double rate) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            if (!context.IsTraining || rate == 0) return input;
            var keep = 1 - rate;
            return input * torch.empty_like(input).bernoulli_(keep, context.Random).div_(keep);
        }
    }
}
