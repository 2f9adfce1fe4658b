using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

/// <summary>Dense, EinsumDense, Embedding, Masking and what computes masks in a graph.</summary>
internal static class CoreLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Dense>((layer, context) => new LiveDense(layer, context))
        .With<EinsumDense>((layer, context) => new LiveEinsumDense(layer, context))
        .With<Embedding>((layer, context) => new LiveEmbedding(layer, context))
        .With<Masking>(layer => new LiveMasking(layer.MaskValue))
        .With<IdentityLayer>(_ => new LiveFunction(x => x, passesMask: true))
        .With<NotEqual>(layer => new LiveFunction(x => x.ne(layer.Value), castsInputs: false))
        .With<Any>(layer => new LiveFunction(x => AnyAlong(x, layer), castsInputs: false));

    private static torch.Tensor AnyAlong(torch.Tensor x, Any layer)
    {
        var axes = layer.Axis.In((int)x.dim()).OrderDescending();
        return axes.Aggregate(x.to(torch.ScalarType.Bool), (value, axis) => value.any(axis, layer.KeepDims));
    }

    private sealed class LiveDense(Dense layer, LoweringContext context) : LiveKernelLayer(layer.Activation, passesMask: true)
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", WeightLayout.Transposed);
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => F.linear(input, _kernel.Value, _bias?.Value);
    }

    private sealed class LiveEinsumDense(EinsumDense layer, LoweringContext context) : LiveKernelLayer(layer.Activation)
    {
        private readonly LiveWeight _kernel = context.Weight("kernel");
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var product = torch.einsum(layer.Equation, input, _kernel.Value);
            return _bias is null ? product : product + _bias.Value;
        }
    }

    private sealed class LiveEmbedding(Embedding layer, LoweringContext context) : LiveLayer
    {
        private readonly LiveWeight _table = context.Weight("embeddings");

        public override bool CastsInputs => false;

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var numbers = inputs[0].Tensor.to(torch.ScalarType.Int64);
            var vectors = _table.Value.index_select(0, numbers.flatten());
            return [new(vectors.reshape([.. numbers.shape, vectors.shape[1]]), layer.MaskZero ? numbers.ne(0) : null)];
        }
    }

    private sealed class LiveMasking(double value) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var x = inputs[0].Tensor;
            var mask = x.ne(value).any(-1);
            return [new(x * mask.unsqueeze(-1).to(x.dtype), mask)];
        }
    }
}
