using System.Collections.Frozen;

namespace DeepGpu.Models.Layers;

/// <summary>What a function asks of a processor.</summary>
internal enum FunctionWork
{
    /// <summary>Reads its inputs and writes its output.</summary>
    Elementwise,

    /// <summary>Moves elements to other places.</summary>
    Copy,

    /// <summary>Only sees its input in another shape.</summary>
    View,

    /// <summary>Multiplies and adds up.</summary>
    Products,
}

/// <summary>A function of the literal list.</summary>
/// <param name="Name">Keras's class name of the operation.</param>
/// <param name="Module">Keras's module of it, after "keras.src.ops.".</param>
/// <param name="Operands">The arguments of its call, in order; one that starts with "*" is a list of tensors.</param>
/// <param name="Options">The arguments of its config.</param>
/// <param name="Shapes">The outputs' shapes.</param>
internal sealed record TensorFunctionRow(
    string Name,
    string Module,
    string[] Operands,
    string[] Options,
    Func<FunctionCall, IReadOnlyList<Shape>> Shapes)
{
    /// <summary>What it asks of a processor.</summary>
    public FunctionWork Work { get; init; }

    /// <summary>How many values it yields. Default 1.</summary>
    public Func<TensorFunction, int> Outputs { get; init; } = _ => 1;

    /// <summary>How many products are added up for each element of the output. Default none.</summary>
    public Func<FunctionCall, double> Summed { get; init; } = _ => 0;

    /// <summary>Of a function that reorders axes: the input's axis that each axis of the output is, for a number of axes.</summary>
    public Func<TensorFunction, int, int[]>? Order { get; init; }

    /// <summary>Whether it yields truth values.</summary>
    public bool IsTruth { get; init; }

    /// <summary>Whether the function has an argument of a name.</summary>
    public bool Has(string argument) => Operands.Contains(argument) || Operands.Contains("*" + argument) || Options.Contains(argument);
}

/// <summary>The functions a description may name, a literal list: nothing in a file can name code.</summary>
internal static class TensorFunctions
{
    private const string Numpy = "numpy";
    private const string Nn = "nn";
    private const string Math = "math";
    private const string Core = "core";
    private const string Image = "image";

    private static readonly FrozenDictionary<string, TensorFunctionRow> ByName = ((TensorFunctionRow[])
    [
        .. Unary(Numpy, "Absolute Abs Negative Positive Sign Square Sqrt Exp Exp2 Expm1 Log Log10 Log1p Log2 Sin Cos Tan Sinh Cosh Tanh "
            + "Arcsin Arccos Arctan Arcsinh Arccosh Arctanh Ceil Floor Trunc Reciprocal"),
        .. Truth(Unary(Numpy, "Isfinite Isinf Isnan LogicalNot")),
        .. Unary(Math, "Rsqrt Erf"),
        .. Unary(Nn, "Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SparsePlus Silu "
            + "LogSigmoid HardSigmoid HardSilu HardTanh Selu TanhShrink"),
        .. Unary(Nn, "LeakyRelu", "negative_slope"), .. Unary(Nn, "Elu Celu", "alpha"), .. Unary(Nn, "Gelu", "approximate"),
        .. Unary(Nn, "SoftShrink HardShrink", "threshold"), .. Unary(Nn, "Threshold", "threshold", "default"),
            .. Unary(Nn, "Squareplus", "b"),
        .. Unary(Nn, "Softmax LogSoftmax Sparsemax", "axis"), .. Unary(Nn, "Normalize", "axis", "order", "epsilon"),
        .. Unary(Numpy, "Round", "decimals"), .. Unary(Numpy, "Clip", "x_min", "x_max"),
            .. Unary(Numpy, "NanToNum", "nan", "posinf", "neginf"),
        .. Unary(Numpy, "OnesLike ZerosLike", "dtype"), .. Unary(Numpy, "Cumsum Cumprod", "axis", "dtype"), .. Unary(Numpy, "Copy"),
        .. Unary(Core, "Cast", "dtype"), .. Unary(Core, "StopGradient"),
        .. Copies(Unary(Numpy, "Flip Sort Argsort", "axis")), .. Copies(Unary(Numpy, "Roll", "shift", "axis")),
        .. Binary(Numpy, "Add Subtract Multiply Divide TrueDivide Power FloorDivide Mod Maximum Minimum Arctan2"),
        .. Truth(Binary(Numpy, "Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalXor")),
        .. Family(Numpy, "Mean Sum Max Min Amax Amin Prod Std Var Any All CountNonzero Median", "x", "axis keepdims initial",
            FunctionShapes.Reduced),
        .. Family(Math, "Logsumexp", "x", "axis keepdims", FunctionShapes.Reduced),
        .. Family("linalg", "Norm", "x", "ord axis keepdims", FunctionShapes.Reduced),
        .. Family(Numpy, "Argmax Argmin", "x", "axis keepdims", FunctionShapes.Reduced),
        .. Views(Family(Numpy, "Reshape", "x", "newshape", FunctionShapes.Reshaped)),
        .. Views(Family(Numpy, "ExpandDims", "x", "axis", FunctionShapes.Expanded)),
        .. Views(Family(Numpy, "Squeeze", "x", "axis", FunctionShapes.Squeezed)),
        .. Views(Family(Numpy, "Ravel", "x", "", FunctionShapes.Raveled)),
        .. Views(Family(Numpy, "GetItem", "x key", "", FunctionShapes.Item)),
        .. Reorderings("Transpose", "axes", FunctionShapes.Permuted),
        .. Reorderings("Swapaxes", "axis1 axis2", FunctionShapes.Swapped),
        .. Reorderings("Moveaxis", "source destination", FunctionShapes.Moved),
        .. Views(Family(Numpy, "BroadcastTo", "x", "shape", FunctionShapes.BroadcastTo)),
        .. Copies(Family(Numpy, "Repeat", "x", "repeats axis", FunctionShapes.Repeated)),
        .. Copies(Family(Numpy, "Tile", "x", "repeats", FunctionShapes.Tiled)),
        .. Copies(Family(Numpy, "Pad", "x constant_values", "pad_width mode", FunctionShapes.Padded)),
        .. Copies(Family(Numpy, "Concatenate", "*xs", "axis", FunctionShapes.Joined)),
        .. Copies(Family(Numpy, "Stack", "*x", "axis", FunctionShapes.Stacked)),
        .. Copies(Family(Numpy, "Take", "x indices", "axis", FunctionShapes.Taken)),
        .. Copies(Family(Numpy, "Where", "condition x1 x2", "", call => [call.Broadcast("condition", "x1", "x2")])),
        .. Copies(Family(Numpy, "FullLike", "x fill_value", "dtype", FunctionShapes.Same)),
        .. Family(Nn, "Glu", "x", "axis", FunctionShapes.Halved),
        .. Copies(Family(Nn, "DepthToSpace", "x", "block_size data_format", FunctionImages.ToSpace)),
        .. Copies(Family(Nn, "SpaceToDepth", "x", "block_size data_format", FunctionImages.ToDepth)),
        .. Family(Image, "Resize", "images", "size interpolation antialias crop_to_aspect_ratio pad_to_aspect_ratio fill_mode fill_value "
            + "data_format", FunctionImages.Resized),
        .. Copies(Family(Nn, "OneHot", "x", "num_classes axis dtype sparse", FunctionShapes.OneHot)),
        .. Products(Family(Numpy, "Matmul", "x1 x2", "", FunctionProducts.Matmul), FunctionProducts.SummedOnLast),
        .. Products(Family(Numpy, "Dot", "x1 x2", "", FunctionProducts.Dot), FunctionProducts.SummedOnLast),
        .. Products(Family(Numpy, "Tensordot", "x1 x2", "axes", FunctionProducts.Tensordot), FunctionProducts.SummedOnAxes),
        .. Products(Family(Numpy, "Einsum", "*operands", "subscripts", FunctionProducts.Einsum), FunctionProducts.SummedByLetters),
        new("Split", Numpy, ["x"], ["indices_or_sections", "axis"], FunctionShapes.Split) { Work = FunctionWork.View,
            Outputs = FunctionShapes.SplitCount },
        new("Unstack", Core, ["x"], ["num", "axis"], FunctionShapes.Unstacked) { Work = FunctionWork.View,
            Outputs = FunctionShapes.UnstackCount },
        new("TopK", Math, ["x"], ["k", "sorted"], FunctionShapes.TopK) { Outputs = _ => 2 },
    ]).ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The function of a name; null for one that is not on the list.</summary>
    public static TensorFunctionRow? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    private static IEnumerable<TensorFunctionRow> Family(
        string module, string names, string operands, string options, Func<FunctionCall, IReadOnlyList<Shape>> shapes)
        => Words(names).Select(name => new TensorFunctionRow(name, module, Words(operands), Words(options), shapes));

    private static IEnumerable<TensorFunctionRow> Unary(string module, string names, params string[] options)
        => Family(module, names, "x", string.Join(' ', options), FunctionShapes.Same);

    private static IEnumerable<TensorFunctionRow> Binary(string module, string names)
        => Family(module, names, "x1 x2", "", call => [call.Broadcast("x1", "x2")]);

    private static IEnumerable<TensorFunctionRow> Truth(IEnumerable<TensorFunctionRow> rows)
        => rows.Select(row => row with { IsTruth = true });

    private static IEnumerable<TensorFunctionRow> Views(IEnumerable<TensorFunctionRow> rows) => Of(rows, FunctionWork.View);

    private static IEnumerable<TensorFunctionRow> Copies(IEnumerable<TensorFunctionRow> rows) => Of(rows, FunctionWork.Copy);

    private static IEnumerable<TensorFunctionRow> Products(IEnumerable<TensorFunctionRow> rows, Func<FunctionCall, double> summed)
        => Of(rows, FunctionWork.Products).Select(row => row with { Summed = summed });

    private static IEnumerable<TensorFunctionRow> Reorderings(string name, string options, Func<TensorFunction, int, int[]> order)
        => Views(Family(Numpy, name, "x", options, FunctionShapes.Transposed)).Select(row => row with { Order = order });

    private static IEnumerable<TensorFunctionRow> Of(IEnumerable<TensorFunctionRow> rows, FunctionWork work)
        => rows.Select(row => row with { Work = work });

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
