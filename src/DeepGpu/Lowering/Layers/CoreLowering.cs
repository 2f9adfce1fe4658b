using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Dense, EinsumDense, Embedding, Masking and what computes masks in a graph.</summary>
internal static class CoreLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Dense>(Lower)
        .With<EinsumDense>(Lower)
        .With<Embedding>((layer, context)
            => layer.Quantization is null ? new LiveEmbedding(layer, context) : new LiveQuantizedEmbedding(layer, context))
        .With<ReversibleEmbedding>((layer, context) => new LiveReversibleEmbedding(layer, context))
        .With<Masking>(layer => new LiveMasking(layer.MaskValue))
        .With<IdentityLayer>(_ => new LiveFunction(x => x, passesMask: true))
        .With<TensorFunction>((layer, context) => new LiveTensorFunction(layer, context))
        .With<NotEqual>(layer => new LiveFunction(x => x.ne(Number(layer.Value)), castsInputs: false))
        .With<Any>(layer => new LiveFunction(x => AnyAlong(x, layer), castsInputs: false));

    private static LiveLayer Lower(Dense layer, LoweringContext context) => layer.Quantization switch
    {
        null => new LiveDense(layer, context),
        Float8Quantization => new LiveFloat8Product(context, "...x,xy->...y", layer.Activation, passesMask: true),
        _ => new LiveQuantizedProduct(layer, context, "...x,xy->...y", layer.Activation, passesMask: true),
    };

    private static LiveLayer Lower(EinsumDense layer, LoweringContext context) => layer.Quantization switch
    {
        null => new LiveEinsumDense(layer, context),
        Float8Quantization => new LiveFloat8Product(context, layer.Equation, layer.Activation),
        _ => new LiveQuantizedProduct(layer, context, layer.Equation, layer.Activation),
    };

    private static torch.Tensor AnyAlong(torch.Tensor x, Any layer)
    {
        var axes = layer.Axis.In((int)x.dim()).OrderDescending();
        return axes.Aggregate(x.to(torch.ScalarType.Bool), (value, axis) => value.any(axis, layer.KeepDims));
    }

    private sealed class LiveDense(Dense layer, LoweringContext context)
        : LiveKernelLayer(layer.Activation, passesMask: true), IPlannedLayer
    {
        private readonly LiveWeight _kernel = context.Weight("kernel", WeightLayout.Transposed);
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");

        private readonly LiveAdapter? _adapter = LiveAdapter.Of(layer, "kernel", context);

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => F.linear(input, _adapter is null ? _kernel.Value : _kernel.Value.Plus(_adapter.Product.t()), _bias?.Value);

        public PlanStep? Plan(Shape input, Shape output)
        {
            if (_adapter is not null || !PlanWeights.Serve(_kernel, _bias)) return null;
            var features = input[^1]!.Value;
            return new DenseStep(PlanWeights.Of(_kernel), PlanWeights.Of(_bias), features, layer.Units,
                (int)(input.SampleElements!.Value / features), layer.Activation == Activation.Relu);
        }
    }

    private sealed class LiveEinsumDense(EinsumDense layer, LoweringContext context) : LiveKernelLayer(layer.Activation)
    {
        private readonly LiveWeight _kernel = context.Weight("kernel");
        private readonly LiveWeight? _bias = context.OptionalWeight("bias");
        private readonly LiveAdapter? _adapter = LiveAdapter.Of(layer, "kernel", context);

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var product = torch.einsum(layer.Equation, input, _adapter is null ? _kernel.Value : _kernel.Value.Plus(_adapter.Product));
            return _bias is null ? product : product.Plus(_bias.Value);
        }
    }

    private sealed class LiveEmbedding(Embedding layer, LoweringContext context)
        : LiveEmbeddingTable(layer.MaskZero, LiveAdapter.Of(layer, "embeddings", context))
    {
        private readonly LiveWeight _table = context.Weight("embeddings");

        protected override torch.Tensor Rows(torch.Tensor numbers) => _table.Value.index_select(0, numbers);
    }

    private sealed class LiveMasking(double value) : LiveLayer
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var x = inputs[0].Tensor;
            var mask = x.ne(Number(value)).any(-1);
            return [new(x * mask.unsqueeze(-1).to(x.dtype), mask)];
        }
    }
}
