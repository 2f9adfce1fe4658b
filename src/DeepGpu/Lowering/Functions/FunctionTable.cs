using System.Collections.Frozen;
using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>How each function of <see cref="TensorFunctions"/> is computed.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Func<FunctionPass, IReadOnlyList<torch.Tensor>>> Rows = All()
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Rows.Keys;

    public static Func<FunctionPass, IReadOnlyList<torch.Tensor>> Find(string function) => Rows[function];

    private static IEnumerable<KeyValuePair<string, Func<FunctionPass, IReadOnlyList<torch.Tensor>>>> All()
        => [.. Unary.Select(row => One(row.Key, pass => row.Value(pass.X))),
            .. Binary.Select(row => One(row.Key, pass => row.Value(pass.Operand("x1"), pass.Operand("x2")))),
            .. Optioned.Select(row => One(row.Key, row.Value)), .. FunctionMoves.Rows.Select(row => One(row.Key, row.Value)),
            .. FunctionReductions.Rows.Select(row => One(row.Key, row.Value)), .. FunctionMoves.Several];

    private static KeyValuePair<string, Func<FunctionPass,
        IReadOnlyList<torch.Tensor>>> One(string name, Func<FunctionPass, torch.Tensor> run)
        => new(name, pass => [run(pass)]);

    private static Dictionary<string, Func<torch.Tensor, torch.Tensor>> Unary => new()
    {
        ["Absolute"] = x => x.abs(),
        ["Abs"] = x => x.abs(),
        ["Negative"] = x => x.neg(),
        ["Positive"] = x => x,
        ["Sign"] = x => x.sign(),
        ["Square"] = x => x * x,
        ["Sqrt"] = x => x.sqrt(),
        ["Exp"] = x => x.exp(),
        ["Exp2"] = x => x.exp2(),
        ["Expm1"] = x => x.expm1(),
        ["Log"] = x => x.log(),
        ["Log10"] = x => x.log10(),
        ["Log1p"] = x => x.log1p(),
        ["Log2"] = x => x.log2(),
        ["Sin"] = x => x.sin(),
        ["Cos"] = x => x.cos(),
        ["Tan"] = x => x.tan(),
        ["Sinh"] = x => x.sinh(),
        ["Cosh"] = x => x.cosh(),
        ["Tanh"] = x => x.tanh(),
        ["Arcsin"] = x => x.asin(),
        ["Arccos"] = x => x.acos(),
        ["Arctan"] = x => x.atan(),
        ["Arcsinh"] = x => x.asinh(),
        ["Arccosh"] = x => x.acosh(),
        ["Arctanh"] = x => x.atanh(),
        ["Ceil"] = x => Float(x).ceil(),
        ["Floor"] = x => Float(x).floor(),
        ["Trunc"] = x => Float(x).trunc(),
        ["Reciprocal"] = x => x.reciprocal(),
        ["Isfinite"] = x => x.isfinite(),
        ["Isinf"] = x => x.isinf(),
        ["Isnan"] = x => x.isnan(),
        ["LogicalNot"] = x => x.logical_not(),
        ["Rsqrt"] = x => x.rsqrt(),
        ["Erf"] = x => x.erf(),
        ["Copy"] = x => x,
        ["StopGradient"] = x => x.detach(),
        ["Relu"] = x => x.relu(),
        ["Relu6"] = Of(Activation.Relu6),
        ["Sigmoid"] = x => x.sigmoid(),
        ["SparseSigmoid"] = Of(Activation.SparseSigmoid),
        ["Softplus"] = Of(Activation.Softplus),
        ["Softsign"] = Of(Activation.Softsign),
        ["SparsePlus"] = Of(Activation.SparsePlus),
        ["Silu"] = Of(Activation.Silu),
        ["LogSigmoid"] = Of(Activation.LogSigmoid),
        ["HardSigmoid"] = Of(Activation.HardSigmoid),
        ["HardSilu"] = Of(Activation.HardSilu),
        ["HardTanh"] = Of(Activation.HardTanh),
        ["Selu"] = Of(Activation.Selu),
        ["TanhShrink"] = Of(Activation.TanhShrink),
    };

    private static Dictionary<string, Func<torch.Tensor, torch.Tensor, torch.Tensor>> Binary => new()
    {
        ["Add"] = (a, b) => a.Plus(b),
        ["Subtract"] = (a, b) => a - b,
        ["Multiply"] = (a, b) => a * b,
        ["Divide"] = (a, b) => a / b,
        ["TrueDivide"] = (a, b) => a / b,
        ["Power"] = (a, b) => a.pow(b),
        ["FloorDivide"] = (a, b) => Like(Float(a / b).floor(), a, b),
        ["Mod"] = (a, b) => a.remainder(b),
        ["Maximum"] = Promoted(torch.maximum),
        ["Minimum"] = Promoted(torch.minimum),
        ["Arctan2"] = (a, b) => torch.atan2(a, b),
        ["Equal"] = (a, b) => a.eq(b),
        ["NotEqual"] = (a, b) => a.ne(b),
        ["Greater"] = (a, b) => a.gt(b),
        ["GreaterEqual"] = (a, b) => a.ge(b),
        ["Less"] = (a, b) => a.lt(b),
        ["LessEqual"] = (a, b) => a.le(b),
        ["LogicalAnd"] = (a, b) => a.logical_and(b),
        ["LogicalOr"] = (a, b) => a.logical_or(b),
        ["LogicalXor"] = (a, b) => a.logical_xor(b),
        ["Matmul"] = FunctionMoves.Matmul,
        ["Dot"] = FunctionMoves.Dot,
    };

    private static Dictionary<string, Func<FunctionPass, torch.Tensor>> Optioned => new()
    {
        ["LeakyRelu"] = pass => ActivationFunctions.Relu(pass.X, pass.Function.Number("negative_slope") ?? 0.2),
        ["Elu"] = pass => ActivationFunctions.Elu(pass.X, pass.Function.Number("alpha") ?? 1),
        ["Celu"] = pass => ActivationFunctions.Celu(pass.X, pass.Function.Number("alpha") ?? 1),
        ["Gelu"] = pass => ActivationFunctions.Gelu(pass.X, pass.Function.Argument("approximate") is not FlagArgument { Value: false }),
        ["SoftShrink"] = pass => ActivationFunctions.SoftShrink(pass.X, pass.Function.Number("threshold") ?? 0.5),
        ["HardShrink"] = pass => ActivationFunctions.HardShrink(pass.X, pass.Function.Number("threshold") ?? 0.5),
        ["Threshold"] = pass => ActivationFunctions.Threshold(pass.X, pass.Function.Number("threshold") ?? 0,
            pass.Function.Number("default") ?? 0),
        ["Squareplus"] = pass => ActivationFunctions.Squareplus(pass.X, pass.Function.Number("b") ?? 4),
        ["Softmax"] = pass => ActivationFunctions.Softmax(pass.X, pass.Function.Integers("axis") ?? Every(pass.X, pass, "axis")),
        ["LogSoftmax"] = pass => ActivationFunctions.LogSoftmax(pass.X, pass.Function.Integers("axis") ?? Every(pass.X, pass, "axis")),
        ["Sparsemax"] = pass => ActivationFunctions.Sparsemax(pass.X, pass.Function.Integer("axis") ?? -1),
        ["Glu"] = pass => ActivationFunctions.Glu(pass.X, pass.Function.Integer("axis") ?? -1),
        ["Normalize"] = FunctionReductions.Normalized,
        ["Round"] = Rounded,
        ["Clip"] = Clipped,
        ["NanToNum"] = pass => pass.X.nan_to_num(pass.Function.Number("nan") ?? 0, pass.Function.Number("posinf"),
            pass.Function.Number("neginf")),
        ["OnesLike"] = pass => torch.ones_like(pass.X, TypeOf(pass)),
        ["ZerosLike"] = pass => torch.zeros_like(pass.X, TypeOf(pass)),
        ["FullLike"] = pass => torch.zeros_like(pass.X, TypeOf(pass)).Plus(pass.Operand("fill_value").to(TypeOf(pass) ?? pass.X.dtype)),
        ["Cast"] = pass => pass.X.to(TypeOf(pass) ?? pass.X.dtype),
        ["Cumsum"] = pass => Flat(pass).cumsum(FlatAxis(pass)),
        ["Cumprod"] = pass => Flat(pass).cumprod(FlatAxis(pass)),
        ["Where"] = pass => Chosen(pass.Operand("condition"), pass.Operand("x1"), pass.Operand("x2")),
    };

    /// <summary>The element type that an option names; null where it names none.</summary>
    internal static torch.ScalarType? TypeOf(FunctionPass pass) => pass.Function.Text("dtype") switch
    {
        null => null,
        "bool" => torch.ScalarType.Bool,
        "uint8" => torch.ScalarType.Byte,
        "int8" => torch.ScalarType.Int8,
        "int16" => torch.ScalarType.Int16,
        "int32" or "uint16" => torch.ScalarType.Int32,
        "int64" or "uint32" => torch.ScalarType.Int64,
        "float16" => torch.ScalarType.Float16,
        "bfloat16" => torch.ScalarType.BFloat16,
        "float64" => torch.ScalarType.Float64,
        _ => torch.ScalarType.Float32,
    };

    /// <summary>Whole numbers in single precision; numbers with a fraction as they are.</summary>
    internal static torch.Tensor Float(torch.Tensor x) => x.is_floating_point() ? x : x.to(torch.ScalarType.Float32);

    private static Func<torch.Tensor, torch.Tensor> Of(Activation activation) => x => activation.Apply(x);

    private static Func<torch.Tensor, torch.Tensor, torch.Tensor> Promoted(Func<torch.Tensor, torch.Tensor, torch.Tensor> choose)
        => (a, b) =>
    {
        var type = Common(a, b);
        return choose(a.to(type), b.to(type));
    };

    private static torch.Tensor Like(torch.Tensor quotient, torch.Tensor a, torch.Tensor b) => quotient.to(Common(a, b));

    /// <summary>The type both are computed in: a number without axes yields to a tensor of its kind.</summary>
    private static torch.ScalarType Common(torch.Tensor a, torch.Tensor b)
    {
        if (a.is_floating_point() != b.is_floating_point()) return a.is_floating_point() ? a.dtype : b.dtype;
        return a.dim() == 0 ? b.dtype : a.dtype;
    }

    private static int[] Every(torch.Tensor x, FunctionPass pass, string option)
        => pass.Function.Arguments.Any(argument => argument.Key == option) ? [.. Enumerable.Range(0, (int)x.dim())] : [-1];

    private static torch.Tensor Flat(FunctionPass pass)
    {
        var x = TypeOf(pass) is { } type ? pass.X.to(type) : pass.X;
        return pass.Function.Argument("axis") is null ? x.flatten() : x;
    }

    private static long FlatAxis(FunctionPass pass) => pass.Function.Integer("axis") ?? 0;

    private static torch.Tensor Rounded(FunctionPass pass)
    {
        var scale = Math.Pow(10, pass.Function.Integer("decimals") ?? 0);
        return scale == 1 ? Float(pass.X).round() : (pass.X * Number(scale)).round() / Number(scale);
    }

    private static torch.Tensor Clipped(FunctionPass pass)
    {
        var (x, low, high) = (pass.X, pass.Function.Number("x_min"), pass.Function.Number("x_max"));
        if (low is { } min) x = x.clamp_min(Number(min));
        return high is { } max ? x.clamp_max(Number(max)) : x;
    }

    private static torch.Tensor Chosen(torch.Tensor condition, torch.Tensor x, torch.Tensor y)
    {
        var type = Common(x, y);
        return torch.where(condition.to(torch.ScalarType.Bool), x.to(type), y.to(type));
    }
}
