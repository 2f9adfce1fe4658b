using System.Collections.Frozen;
using DeepGpu.Onnx.Files;
using static DeepGpu.Models.Onnx.ElementwiseShapes;

namespace DeepGpu.Models.Onnx;

/// <summary>The operators that are known, a literal list: docs/onnx.md shows it.</summary>
internal static class OperatorTable
{
    private const int Bool = TensorTypes.Bool;

    private static readonly FrozenDictionary<string, OperatorRow> ByName = ((OperatorRow[])
    [
        .. Of("Abs Acos Acosh Asin Asinh Atan Atanh BitwiseNot Cos Cosh Erf Gelu HardSwish Log Mish Sign Sin Sinh Softplus Softsign Tan "
            + "Swish Reciprocal Shrink Hardmax LogSoftmax", Same, OperatorWork.Function),
        .. Of("Celu Elu LeakyRelu Relu Selu ThresholdedRelu", Same, OperatorWork.InPlace),
        .. Of("Exp HardSigmoid Sigmoid Softmax Tanh", Same, OperatorWork.FromOutput),
        .. Of("Ceil", Map(Math.Ceiling), OperatorWork.Function), .. Of("Floor", Map(Math.Floor), OperatorWork.Function),
        .. Of("Round", Map(number => Math.Round(number, MidpointRounding.ToEven)), OperatorWork.Function),
        .. Of("Sqrt", Map(Math.Sqrt), OperatorWork.FromOutput), .. Of("Neg", Map(number => -number), OperatorWork.Function),
        .. Of("Not", Map(number => number == 0 ? 1 : 0), OperatorWork.Pass), .. Of("IsInf IsNaN", Map(_ => 0, Bool), OperatorWork.Pass),
        .. Of("Clip", Clip, OperatorWork.InPlace, settings: [1, 2]), .. Of("Cast CastLike", Cast, OperatorWork.Pass),
        .. Of("PRelu", Same, OperatorWork.Product), .. Of("Dropout", Same, OperatorWork.Dropout, settings: [1, 2]),
        .. Of("CumSum Trilu ReverseSequence", Same, OperatorWork.Pass, settings: [1]),
        .. Of("Add", Pairs((a, b) => a + b), OperatorWork.Sum), .. Of("Sub", Pairs((a, b) => a - b), OperatorWork.Sum),
        .. Of("Sum", Pairs((a, b) => a + b), OperatorWork.Sum), .. Of("Mean", Broadcast, OperatorWork.Sum),
        .. Of("Mul", Pairs((a, b) => a * b), OperatorWork.Product), .. Of("Div", Quotient, OperatorWork.Product),
        .. Of("Pow", Pairs(Math.Pow), OperatorWork.Product), .. Of("Mod", Remainder, OperatorWork.Product),
        .. Of("Max", Pairs(Math.Max), OperatorWork.Product), .. Of("Min", Pairs(Math.Min), OperatorWork.Product),
        .. Of("BitShift BitwiseAnd BitwiseOr BitwiseXor", Broadcast, OperatorWork.Pass),
        .. Of("And", Pairs((a, b) => a != 0 && b != 0 ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Or", Pairs((a, b) => a != 0 || b != 0 ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Xor", Pairs((a, b) => a != 0 ^ b != 0 ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Equal", Pairs((a, b) => a == b ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Greater", Pairs((a, b) => a > b ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("GreaterOrEqual", Pairs((a, b) => a >= b ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Less", Pairs((a, b) => a < b ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("LessOrEqual", Pairs((a, b) => a <= b ? 1 : 0, Bool), OperatorWork.Pass),
        .. Of("Where", ElementwiseShapes.Where, OperatorWork.Product),
        .. Of("ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare", Reduced(), OperatorWork.Pass),
        .. Of("ReduceMean", Reduced(numbers => numbers.Average()), OperatorWork.Pass),
        .. Of("ReduceSum", Reduced(numbers => numbers.Sum()), OperatorWork.Pass),
        .. Of("ReduceMax", Reduced(numbers => numbers.Max()), OperatorWork.Pass),
        .. Of("ReduceMin", Reduced(numbers => numbers.Min()), OperatorWork.Pass),
        .. Of("ReduceProd", Reduced(numbers => numbers.Aggregate(1.0, (a, b) => a * b)), OperatorWork.Pass),
        .. Of("ArgMax ArgMin", Place, OperatorWork.Pass),
        .. Of("Identity", ViewShapes.Identity, OperatorWork.View), .. Of("Reshape", ViewShapes.Reshape, OperatorWork.View),
        .. Of("Flatten", ViewShapes.Flatten, OperatorWork.View), .. Of("Squeeze", ViewShapes.Squeeze, OperatorWork.View),
        .. Of("Unsqueeze", ViewShapes.Unsqueeze, OperatorWork.View), .. Of("Transpose", ViewShapes.Transpose, OperatorWork.Copy),
        .. Of("Expand", ViewShapes.Expand, OperatorWork.View), .. Of("Shape", ViewShapes.Shape, OperatorWork.View),
        .. Of("Size", ViewShapes.Size, OperatorWork.View), .. Of("DepthToSpace", ViewShapes.DepthToSpace, OperatorWork.Copy),
        .. Of("SpaceToDepth", ViewShapes.SpaceToDepth, OperatorWork.Copy),
        .. Of("Gather", SelectionShapes.Gather, OperatorWork.Gather), .. Of("GatherND", SelectionShapes.GatherND, OperatorWork.Gather),
        .. Of("GatherElements", SelectionShapes.AtSecond, OperatorWork.Gather),
        .. Of("Scatter ScatterElements ScatterND TensorScatter", Same, OperatorWork.Copy),
        .. Of("Concat", SelectionShapes.Concat, OperatorWork.Copy), .. Of("Split", SelectionShapes.Split, OperatorWork.View),
        .. Of("Slice", SelectionShapes.Slice, OperatorWork.View), .. Of("Tile", SelectionShapes.Tile, OperatorWork.Copy),
        .. Of("Pad", SelectionShapes.Pad, OperatorWork.Padding, settings: [1, 2, 3]),
        .. Of("ConstantOfShape", SelectionShapes.Fill, OperatorWork.Pass), .. Of("Range", SelectionShapes.Range, OperatorWork.Pass),
        .. Of("OneHot", SelectionShapes.OneHot, OperatorWork.Pass, settings: [1, 2]),
        .. Of("TopK", SelectionShapes.TopK, OperatorWork.Pass, settings: [1]),
        .. Of("NonZero", SelectionShapes.NonZero, OperatorWork.Pass),
        .. Of("NonMaxSuppression", SelectionShapes.Boxes, OperatorWork.Pass, settings: [2, 3, 4]),
        .. Of("Compress", SelectionShapes.Compress, OperatorWork.Pass), .. Of("Unique", SelectionShapes.Unique, OperatorWork.Pass),
        .. Of("RandomNormalLike RandomUniformLike Bernoulli", Same, OperatorWork.Pass).Select(row => row with { IsDrawn = true }),
        .. Of("Conv", WindowShapes.Convolution(), OperatorWork.Convolution).Select(row => row with { Bias = 2 }),
        .. Of("DeformConv", WindowShapes.Convolution(), OperatorWork.Convolution).Select(row => row with { Bias = 3 }),
        .. Of("ConvTranspose", WindowShapes.TransposedConvolution, OperatorWork.Convolution).Select(row => row with { Bias = 2 }),
        .. Of("ConvInteger", WindowShapes.Convolution(type: TensorTypes.Int32), OperatorWork.Convolution, [2, 3]).Select(WithCodes),
        .. Of("QLinearConv", WindowShapes.Convolution(3), OperatorWork.Convolution, [1, 2, 4, 5, 6, 7])
            .Select(row => WithCodes(row) with { Kernel = 3, Bias = 8 }),
        .. Of("MaxPool", WindowShapes.Pooling, OperatorWork.MaxPooling),
        .. Of("AveragePool LpPool", WindowShapes.Pooling, OperatorWork.Pooling),
        .. Of("GlobalAveragePool GlobalLpPool", WindowShapes.GlobalPooling, OperatorWork.Pooling),
        .. Of("GlobalMaxPool", WindowShapes.GlobalPooling, OperatorWork.MaxPooling),
        .. Of("Resize", WindowShapes.Resize, OperatorWork.Copy, settings: [1, 2, 3]),
        .. Of("Upsample", WindowShapes.Resize, OperatorWork.Copy, settings: [1]),
        .. Of("GridSample", WindowShapes.GridSample, OperatorWork.Gather),
        .. Of("RoiAlign", WindowShapes.RegionAlign, OperatorWork.Gather),
        .. Of("MatMul", ProductShapes.Product(), OperatorWork.Matrices),
        .. Of("MatMulInteger", ProductShapes.Product(type: TensorTypes.Int32), OperatorWork.Matrices, [2, 3]).Select(WithCodes),
        .. Of("QLinearMatMul", ProductShapes.Product(3), OperatorWork.Matrices, [1, 2, 4, 5, 6, 7])
            .Select(row => WithCodes(row) with { Kernel = 3 }),
        .. Of("Gemm", ProductShapes.Gemm, OperatorWork.Matrices).Select(row => row with { Bias = 2 }),
        .. Of("Einsum", ProductShapes.Einsum, OperatorWork.Matrices),
        .. Of("Attention", ProductShapes.Attention, OperatorWork.Matrices, settings: [3, 4, 5, 6]),
        .. Of("RNN GRU LSTM", ProductShapes.Recurrent, OperatorWork.Recurrent, settings: [4, 5, 6]),
        .. Of("BatchNormalization", Same, OperatorWork.Normalization).Select(row => row with { Running = [3, 4] }),
        .. Of("InstanceNormalization LayerNormalization GroupNormalization RMSNormalization LpNormalization MeanVarianceNormalization LRN "
            + "SimplifiedLayerNormalization", Same, OperatorWork.Normalization),
        .. Of("QuantizeLinear", Quantized, OperatorWork.Pass, settings: [1, 2]),
        .. Of("DequantizeLinear", Dequantized, OperatorWork.Pass, settings: [1, 2]).Select(WithCodes),
        .. Of("DynamicQuantizeLinear", ProductShapes.DynamicQuantize, OperatorWork.Pass),
        .. Of("com.microsoft.Gelu com.microsoft.QuickGelu com.microsoft.FastGelu com.microsoft.BiasGelu", Same, OperatorWork.Function),
        .. Of("com.microsoft.SkipLayerNormalization com.microsoft.SkipSimplifiedLayerNormalization", Same, OperatorWork.Normalization),
        .. Of("com.microsoft.FusedConv", WindowShapes.Convolution(), OperatorWork.Convolution).Select(row => row with { Bias = 2 }),
        .. Of("com.microsoft.FusedGemm", ProductShapes.Gemm, OperatorWork.Matrices).Select(row => row with { Bias = 2 }),
    ]).ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The operators that are known, in order.</summary>
    public static IEnumerable<OperatorRow> All => ByName.Values.OrderBy(row => row.Name, StringComparer.Ordinal);

    /// <summary>The row of a node's operator; null for one that is not known.</summary>
    public static OperatorRow? Find(GraphNode node) => ByName.GetValueOrDefault(node.FullOperator);

    /// <summary>Whether a node's result is drawn, or may be: that of an operator that is not known.</summary>
    public static bool IsDrawn(GraphNode node) => Find(node) is not { IsDrawn: false };

    private static GraphTensor[] Broadcast(OperatorCall call)
        => call.One(Dims.Broadcast(call, call.Inputs.Select((_, i) => call.Dims(i))));

    private static GraphTensor[] Quantized(OperatorCall call)
        => call.One(call.Dims(0), call.Optional(2)?.Type ?? (int)call.Node.Int("output_dtype", TensorTypes.UInt8));

    private static GraphTensor[] Dequantized(OperatorCall call) => call.One(call.Dims(0), call[1].Type);

    private static OperatorRow WithCodes(OperatorRow row) => row with { HasCodes = true };

    private static IEnumerable<OperatorRow> Of(string names, Func<OperatorCall, GraphTensor[]> shapes, OperatorWork work,
        int[]? settings = null)
        => names.Split(' ').Select(name => new OperatorRow(name, shapes, work) { Settings = settings ?? [] });
}
