using System.Collections.Frozen;
using static DeepGpu.Models.Onnx.ElementwiseNodes;

namespace DeepGpu.Models.Onnx;

/// <summary>The operators that become layers, a literal list: docs/onnx.md shows it.</summary>
internal static class TranslationTable
{
    private static readonly FrozenDictionary<string, Func<NodeTranslation, IReadOnlyList<Translated>>> ByName
        = new Dictionary<string, Func<NodeTranslation, IReadOnlyList<Translated>>>
        {
            ["Conv"] = One(WindowNodes.Convolution),
            ["ConvTranspose"] = One(WindowNodes.TransposedConvolution),
            ["MaxPool"] = One(WindowNodes.MaxPooling),
            ["AveragePool"] = One(WindowNodes.AveragePooling),
            ["GlobalAveragePool"] = One(WindowNodes.GlobalPooling),
            ["GlobalMaxPool"] = One(WindowNodes.GlobalPooling),
            ["Resize"] = One(WindowNodes.Resize),
            ["Upsample"] = One(WindowNodes.Resize),
            ["Gemm"] = One(ProductNodes.Gemm),
            ["MatMul"] = One(ProductNodes.Product),
            ["Einsum"] = One(ProductNodes.Einsum),
            ["BatchNormalization"] = One(ProductNodes.BatchNormalization),
            ["LayerNormalization"] = One(ProductNodes.LayerNormalization),
            ["InstanceNormalization"] = One(ProductNodes.GroupNormalization),
            ["GroupNormalization"] = One(ProductNodes.GroupNormalization),
            ["RNN"] = RecurrentNodes.Translate,
            ["GRU"] = RecurrentNodes.Translate,
            ["LSTM"] = RecurrentNodes.Translate,
            ["Relu"] = One(Layer(_ => new ReLU())),
            ["LeakyRelu"] = One(Layer(node => new LeakyReLU { NegativeSlope = Math.Round(node.Number("alpha", 0.01), 7) })),
            ["Elu"] = One(Layer(node => new ELU { Alpha = Math.Round(node.Number("alpha", 1), 7) })),
            ["Selu"] = Activated(Activation.Selu),
            ["Sigmoid"] = Activated(Activation.Sigmoid),
            ["Tanh"] = Activated(Activation.Tanh),
            ["Softplus"] = Activated(Activation.Softplus),
            ["Softsign"] = Activated(Activation.Softsign),
            ["Mish"] = Activated(Activation.Mish),
            ["HardSwish"] = Activated(Activation.HardSilu),
            ["HardSigmoid"] = One(Layer(HardSigmoid)),
            ["Gelu"] = One(node => node.Input(0) is var x ? x with
            {
                Tensor = node.Function(x.Tensor, "Gelu", ("approximate", node.Node.Text("approximate", "none") == "tanh"))
            } : x),
            ["Clip"] = One(Clip),
            ["PRelu"] = One(Prelu),
            ["Softmax"] = One(ElementwiseNodes.Softmax),
            ["LogSoftmax"] = One(ElementwiseNodes.Softmax),
            ["Dropout"] = One(ElementwiseNodes.Dropout),
            ["Identity"] = One(Same),
            ["Cast"] = One(Cast),
            ["Add"] = One(Pair("Add")),
            ["Sum"] = One(Pair("Add")),
            ["Sub"] = One(Pair("Subtract")),
            ["Mul"] = One(Pair("Multiply")),
            ["Div"] = One(Pair("TrueDivide")),
            ["Pow"] = One(Pair("Power")),
            ["Max"] = One(Pair("Maximum")),
            ["Min"] = One(Pair("Minimum")),
            ["Abs"] = One(Function("Absolute")),
            ["Ceil"] = One(Function("Ceil")),
            ["Cos"] = One(Function("Cos")),
            ["Erf"] = One(Function("Erf")),
            ["Exp"] = One(Function("Exp")),
            ["Floor"] = One(Function("Floor")),
            ["Log"] = One(Function("Log")),
            ["Neg"] = One(Function("Negative")),
            ["Reciprocal"] = One(Function("Reciprocal")),
            ["Sign"] = One(Function("Sign")),
            ["Sin"] = One(Function("Sin")),
            ["Sqrt"] = One(Function("Sqrt")),
            ["ReduceMean"] = One(node => NormalizationPattern.Layer(node) ?? Reduced("Mean")(node)),
            ["ReduceSum"] = One(Reduced("Sum")),
            ["ReduceMax"] = One(Reduced("Max")),
            ["ReduceMin"] = One(Reduced("Min")),
            ["Flatten"] = One(ShapeNodes.Flatten),
            ["Reshape"] = One(ShapeNodes.Reshape),
            ["Squeeze"] = One(ShapeNodes.Squeeze),
            ["Unsqueeze"] = One(ShapeNodes.Unsqueeze),
            ["Transpose"] = One(ShapeNodes.Transpose),
            ["Concat"] = One(ShapeNodes.Concat),
            ["Split"] = ShapeNodes.Split,
            ["Slice"] = One(ShapeNodes.Slice),
            ["Gather"] = One(ShapeNodes.Gather),
            ["Pad"] = One(ShapeNodes.Pad),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operators that become layers, in order.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>What makes layers of a node; null where nothing does.</summary>
    public static Func<NodeTranslation, IReadOnlyList<Translated>>? Find(GraphNode node) => ByName.GetValueOrDefault(node.FullOperator);

    private static Func<NodeTranslation, IReadOnlyList<Translated>> One(Func<NodeTranslation, Translated> make) => node => [make(node)];

    private static Func<NodeTranslation, IReadOnlyList<Translated>> Activated(Activation activation)
        => One(Layer(_ => new ActivationLayer(activation)));
}
