using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Functions of single elements.</summary>
internal static class ElementFunctions
{
    private const string ByName = "Abs Sign Sqrt Exp Log Sin Cos Tan Sinh Cosh Tanh Ceil Floor Reciprocal Erf";

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["Absolute"] = "Abs",
        ["Negative"] = "Neg",
        ["Arcsin"] = "Asin",
        ["Arccos"] = "Acos",
        ["Arctan"] = "Atan",
        ["Arcsinh"] = "Asinh",
        ["Arccosh"] = "Acosh",
        ["Arctanh"] = "Atanh",
    };

    private static readonly Activation[] Activations =
    [
        Activation.Relu, Activation.Relu6, Activation.Sigmoid, Activation.SparseSigmoid, Activation.Softplus, Activation.Softsign,
        Activation.SparsePlus, Activation.Silu, Activation.LogSigmoid, Activation.HardSigmoid, Activation.HardSilu, Activation.HardTanh,
        Activation.Selu, Activation.TanhShrink,
    ];

    public static IEnumerable<KeyValuePair<string, Func<FunctionOperands, GraphValue>>> Rows =>
    [
        .. ByName.Split(' ').Select(name => Row(name, call => Real(call, name))),
        .. Renamed.Select(pair => Row(pair.Key, call => Real(call, pair.Value))),
        .. Activations.Select(activation => Row(activation.ToString(), call => ActivationRules.Apply(call.Graph, activation, Float(call)))),
        .. One, .. Two, .. Optioned,
    ];

    public static GraphValue Float(FunctionOperands call) => call.Graph.Cast(call.X, DataType.Float32);

    /// <summary>The type a function is asked for; null for none.</summary>
    public static DataType? TypeOf(FunctionOperands call) => call.Function.Text("dtype") switch
    {
        null => null,
        "bool" => DataType.Bool,
        "uint8" => DataType.UInt8,
        "int8" => DataType.Int8,
        "int16" => DataType.Int16,
        "int32" or "uint16" => DataType.Int32,
        "int64" or "uint32" => DataType.Int64,
        _ => DataType.Float32,
    };

    private static Dictionary<string, Func<FunctionOperands, GraphValue>> One => new()
    {
        ["Positive"] = call => call.X,
        ["Copy"] = call => call.X,
        ["StopGradient"] = call => call.X,
        ["Square"] = call => call.Graph.Square(call.X),
        ["Exp2"] = call => call.Graph.Unary("Exp", call.Graph.Multiply(Float(call), Math.Log(2))),
        ["Expm1"] = call => call.Graph.Subtract(Real(call, "Exp"), 1),
        ["Log10"] = call => call.Graph.Divide(Real(call, "Log"), Math.Log(10)),
        ["Log2"] = call => call.Graph.Divide(Real(call, "Log"), Math.Log(2)),
        ["Log1p"] = call => call.Graph.Unary("Log", call.Graph.Add(Float(call), 1)),
        ["Trunc"] = call => call.Graph.Multiply(Real(call, "Sign"), call.Graph.Unary("Floor", Real(call, "Abs"))),
        ["Rsqrt"] = call => call.Graph.Unary("Reciprocal", Real(call, "Sqrt")),
        ["Isnan"] = call => call.Graph.Unary("IsNaN", Float(call), DataType.Bool),
        ["Isinf"] = call => call.Graph.Unary("IsInf", Float(call), DataType.Bool),
        ["Isfinite"] = call => call.Graph.Not(call.Graph.Or(call.Graph.Unary("IsNaN", Float(call), DataType.Bool),
            call.Graph.Unary("IsInf", Float(call), DataType.Bool))),
        ["LogicalNot"] = call => call.Graph.Not(call.Graph.Cast(call.X, DataType.Bool)),
        ["Cast"] = call => call.Graph.Cast(call.X, TypeOf(call) ?? call.X.Type),
        ["OnesLike"] = call => Filled(call, call.Graph.Number(1)),
        ["ZerosLike"] = call => Filled(call, call.Graph.Number(0)),
        ["FullLike"] = call => Filled(call, call.Operand("fill_value")),
    };

    private static Dictionary<string, Func<FunctionOperands, GraphValue>> Two => new()
    {
        ["Add"] = call => Binary(call, "Add"),
        ["Subtract"] = call => Binary(call, "Sub"),
        ["Multiply"] = call => Binary(call, "Mul"),
        ["Divide"] = Quotient,
        ["TrueDivide"] = Quotient,
        ["Power"] = call => Binary(call, "Pow"),
        ["FloorDivide"] = call => call.Graph.Cast(call.Graph.Unary("Floor", Quotient(call)), call.Pair().A.Type),
        ["Mod"] = Remainder,
        ["Maximum"] = call => Binary(call, "Max"),
        ["Minimum"] = call => Binary(call, "Min"),
        ["Arctan2"] = call => FunctionRules.Arctan2(call.Graph, call.Graph.Cast(call.Operand("x1"), DataType.Float32),
            call.Graph.Cast(call.Operand("x2"), DataType.Float32)),
        ["Equal"] = call => Compared(call, "Equal"),
        ["NotEqual"] = call => call.Graph.Not(Compared(call, "Equal")),
        ["Greater"] = call => Compared(call, "Greater"),
        ["GreaterEqual"] = call => Compared(call, "GreaterOrEqual"),
        ["Less"] = call => Compared(call, "Less"),
        ["LessEqual"] = call => Compared(call, "LessOrEqual"),
        ["LogicalAnd"] = call => Logical(call, "And"),
        ["LogicalOr"] = call => Logical(call, "Or"),
        ["LogicalXor"] = call => Logical(call, "Xor"),
    };

    private static Dictionary<string, Func<FunctionOperands, GraphValue>> Optioned => new()
    {
        ["LeakyRelu"] = call => ActivationRules.Leaky(call.Graph, Float(call), call.Function.Number("negative_slope") ?? 0.2),
        ["Elu"] = call => call.Graph.Unary("Elu", Float(call), ("alpha", (float)(call.Function.Number("alpha") ?? 1))),
        ["Celu"] = call => call.Graph.Unary("Celu", Float(call), ("alpha", (float)(call.Function.Number("alpha") ?? 1))),
        ["Gelu"] = call => ActivationRules.Gelu(call.Graph, Float(call), call.Function.Argument("approximate") is not FlagArgument
        {
            Value: false
        }),
        ["SoftShrink"] = call => Shrunk(call, isSoft: true),
        ["HardShrink"] = call => Shrunk(call, isSoft: false),
        ["Threshold"] = call => ActivationRules.Threshold(call.Graph, Float(call), call.Function.Number("threshold") ?? 0,
            call.Function.Number("default") ?? 0),
        ["Squareplus"] = call => ActivationRules.Squareplus(call.Graph, Float(call), call.Function.Number("b") ?? 4),
        ["Softmax"] = call => MaskRules.Softmax(call.Graph, Float(call), SoftmaxAxes(call)),
        ["LogSoftmax"] = call => MaskRules.Softmax(call.Graph, Float(call), SoftmaxAxes(call), "LogSoftmax"),
        ["Sparsemax"] = call => ActivationRules.Sparsemax(call.Graph, Float(call), call.Function.Integer("axis") ?? -1),
        ["Glu"] = call => ActivationRules.Glu(call.Graph, Float(call), call.Function.Integer("axis") ?? -1),
        ["Round"] = Rounded,
        ["Clip"] = call => call.Graph.Clip(call.X, call.Function.Number("x_min"), call.Function.Number("x_max")),
        ["NanToNum"] = WithoutNaN,
        ["Where"] = call =>
        {
            var (x, y) = call.Pair();
            return call.Graph.Where(call.Graph.Cast(call.Operand("condition"), DataType.Bool), x, y);
        },
    };

    private static KeyValuePair<string, Func<FunctionOperands, GraphValue>> Row(string name, Func<FunctionOperands, GraphValue> rule)
        => new(name, rule);

    private static GraphValue Real(FunctionOperands call, string op) => call.Graph.Unary(op, Float(call));

    private static GraphValue Binary(FunctionOperands call, string op)
    {
        var (a, b) = call.Pair();
        if (a.Type != DataType.Bool) return call.Graph.Binary(op, a, b);
        return call.Graph.Binary(op, call.Graph.Cast(a, DataType.Int64), call.Graph.Cast(b, DataType.Int64));
    }

    private static GraphValue Compared(FunctionOperands call, string op)
    {
        var (a, b) = call.Pair();
        return call.Graph.Compare(op, a, b);
    }

    private static GraphValue Quotient(FunctionOperands call) => call.Graph.Divide(
        call.Graph.Cast(call.Operand("x1"), DataType.Float32), call.Graph.Cast(call.Operand("x2"), DataType.Float32));

    /// <summary>What is left of a division, with the divisor's sign.</summary>
    private static GraphValue Remainder(FunctionOperands call)
    {
        var (a, b) = call.Pair();
        if (a.Type != DataType.Float32) return call.Graph.Binary("Mod", a, b);
        return call.Graph.Subtract(a, call.Graph.Multiply(call.Graph.Unary("Floor", call.Graph.Divide(a, b)), b));
    }

    private static GraphValue Logical(FunctionOperands call, string op) => call.Graph.Binary(op,
        call.Graph.Cast(call.Operand("x1"), DataType.Bool), call.Graph.Cast(call.Operand("x2"), DataType.Bool));

    private static GraphValue Shrunk(FunctionOperands call, bool isSoft)
    {
        var threshold = call.Function.Number("threshold") ?? 0.5;
        return ActivationRules.Shrink(call.Graph, Float(call), threshold, isSoft ? threshold : 0);
    }

    private static int[] SoftmaxAxes(FunctionOperands call) => call.Function.Integers("axis")
        ?? (call.Function.Arguments.Any(argument => argument.Key == "axis") ? [.. Enumerable.Range(0, call.X.Rank)] : [-1]);

    private static GraphValue Rounded(FunctionOperands call)
    {
        var scale = Math.Pow(10, call.Function.Integer("decimals") ?? 0);
        return call.Graph.Divide(call.Graph.Unary("Round", call.Graph.Multiply(Float(call), scale)), scale);
    }

    private static GraphValue WithoutNaN(FunctionOperands call)
    {
        var (g, x) = (call.Graph, Float(call));
        var numbers = g.Where(g.Unary("IsNaN", x, DataType.Bool), g.Number(call.Function.Number("nan") ?? 0), x);
        var above = g.Where(g.Compare("Equal", numbers, double.PositiveInfinity),
            g.Number(call.Function.Number("posinf") ?? float.MaxValue), numbers);
        return g.Where(g.Compare("Equal", above, double.NegativeInfinity), g.Number(call.Function.Number("neginf") ?? float.MinValue),
            above);
    }

    private static GraphValue Filled(FunctionOperands call, GraphValue value)
    {
        var (g, x) = (call.Graph, call.X);
        return g.Expand(g.Cast(value, TypeOf(call) ?? x.Type), Dim.AllOf(x));
    }
}
