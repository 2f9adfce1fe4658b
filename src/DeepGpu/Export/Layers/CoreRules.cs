using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Dense layers, embeddings, masks.</summary>
internal static class CoreRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<Dense>(Dense, passesMask: true)
        .Unary<EinsumDense>(EinsumDense)
        .With<Embedding>((layer, context, inputs) => Embedded(context, inputs, EmbeddingRows(layer, context, inputs[0].Tensor),
            layer.MaskZero), castsInputs: false)
        .With<ReversibleEmbedding>(Reversible, castsInputs: false)
        .With<Masking>(Masked)
        .Same<IdentityLayer>()
        .Unary<NotEqual>((layer, context, x) => context.Graph.Not(context.Graph.Compare("Equal", x, layer.Value)), castsInputs: false)
        .Unary<Any>((layer, context, x) => context.Graph.Any(context.Graph.Cast(x, DataType.Bool), layer.Axis.In(x.Rank), layer.KeepDims),
            castsInputs: false)
        .Same<Dropout>().Same<SpatialDropout>().Same<NoiseLayer>().Same<ActivityRegularization>()
        .Refused<InputLayer>("is an input, not a step")
        .Refused<OnnxOperation>("was read from an ONNX file and has no layer here: keep that file");

    private static GraphValue Dense(Dense layer, ExportContext context, GraphValue x)
    {
        var product = layer.Quantization is null
            ? context.Graph.Linear(x, AdaptedRules.Kernel(layer, context), context.OptionalWeight("bias"))
            : AdaptedRules.Product(layer, context, x, "...x,xy->...y");
        return ActivationRules.Apply(context.Graph, layer.Activation, product);
    }

    private static GraphValue EinsumDense(EinsumDense layer, ExportContext context, GraphValue x)
    {
        var product = layer.Quantization is null ? Sum(layer, context, x, AdaptedRules.Kernel(layer, context))
            : AdaptedRules.Product(layer, context, x, layer.Equation);
        return ActivationRules.Apply(context.Graph, layer.Activation, product);
    }

    private static GraphValue Sum(EinsumDense layer, ExportContext context, GraphValue x, GraphValue kernel)
    {
        var product = AdaptedRules.Einsum(context.Graph, layer.Equation, x, kernel);
        return context.OptionalWeight("bias") is { } bias ? context.Graph.Add(product, bias) : product;
    }

    private static IReadOnlyList<ExportSignal> Embedded(ExportContext context, IReadOnlyList<ExportSignal> inputs, GraphValue vectors,
        bool masksZero)
    {
        var g = context.Graph;
        return [new(vectors, masksZero ? g.Not(g.Compare("Equal", g.Cast(inputs[0].Tensor, DataType.Int64), 0)) : null)];
    }

    private static GraphValue EmbeddingRows(Embedding layer, ExportContext context, GraphValue numbers)
        => context.Graph.Gather(AdaptedRules.Table(layer, context), context.Graph.Cast(numbers, DataType.Int64), 0);

    private static IReadOnlyList<ExportSignal> Reversible(ReversibleEmbedding layer, ExportContext context,
        IReadOnlyList<ExportSignal> inputs)
    {
        var (g, x) = (context.Graph, inputs[0].Tensor);
        if (!layer.IsReversed)
        {
            var rows = g.Gather(context.Weight("embeddings"), g.Cast(x, DataType.Int64), 0);
            return Embedded(context, inputs, rows, layer.MaskZero);
        }

        var kernel = layer.TieWeights ? g.Transpose(context.Weight("embeddings"), 1, 0) : context.Weight("reverse_embeddings");
        var logits = g.MatMul(g.Cast(x, DataType.Float32), kernel);
        return [new(layer.LogitSoftCap is { } cap ? Capped(g, logits, cap) : logits)];
    }

    /// <summary>Values held within a limit, without an edge.</summary>
    public static GraphValue Capped(GraphWriter g, GraphValue x, double cap) => g.Multiply(g.Unary("Tanh", g.Divide(x, cap)), cap);

    private static IReadOnlyList<ExportSignal> Masked(Masking layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, x) = (context.Graph, inputs[0].Tensor);
        var counted = g.Any(g.Not(g.Compare("Equal", x, layer.MaskValue)), [-1], keepsAxes: true);
        return [new(g.Multiply(x, g.Cast(counted, DataType.Float32)), g.Squeeze(counted, -1))];
    }
}
