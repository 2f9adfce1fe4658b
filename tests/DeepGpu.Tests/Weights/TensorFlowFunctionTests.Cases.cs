namespace DeepGpu.Tests.Weights;

/// <content>The names of each function, a call of it, the output's shape without the batch, its formula.</content>
public sealed partial class TensorFlowFunctionTests
{
    private static readonly int[] Same = [Steps, Features];

    private static IEnumerable<(string Names, string Call, int[] Shape, Func<int[], double> Formula)> Cases()
        => [.. Pairs(), .. Singles(), .. Activations(), .. Reductions(), .. Moves(), .. Slices(), .. Products()];

    private static (string, string, int[], Func<int[], double>) Two(string names, Func<double, double, double> f, string first = "x")
        => (names, $$"""[["{{first}}", 0, 0, {"y": ["y", 0, 0], "name": null}]]""", Same, i => f(Value(first, i), Y(i)));

    private static (string, string, int[], Func<int[], double>) One(string names, Func<double, double> f, string input = "x",
        string options = "")
        => (names, $$"""[["{{input}}", 0, 0, { {{options}} }]]""", Same, i => f(Value(input, i)));

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Pairs()
    {
        (string, string, int[], Func<int[], double>) Number(string names, string number, Func<double, double> f)
            => (names, $$"""[["x", 0, 0, {"y": {{number}}, "name": null}]]""", Same, i => f(X(i)));
        (string, string, int[], Func<int[], double>) Turned(string names, string number, Func<double, double> f)
            => (names, $$"""[["y", 0, 0, {"x": {{number}}, "name": null}]]""", Same, i => f(Y(i)));
        double Truth(bool value) => value ? 1 : 0;
        double Floored(double a, double b) => a - b * Math.Floor(a / b);
        return
        [
            Two("__operators__.add math.add add", (x, y) => x + y), Number("__operators__.add math.add", "0.5", x => x + 0.5),
            ("__operators__.add", """[["x", 0, 0, {"y": [0.5, 1.5, 2.5, 3.5]}]]""", Same, i => X(i) + 0.5 + i[2]),
            Turned("__operators__.radd", "3", y => 3 + y), Turned("__operators__.rsub", "3", y => 3 - y),
            Turned("__operators__.rmul", "3", y => 3 * y), Turned("__operators__.rtruediv", "3", y => 3 / y),
            Turned("__operators__.rfloordiv", "7", y => Math.Floor(7 / y)), Turned("__operators__.rmod", "7", y => Floored(7, y)),
            Turned("__operators__.rpow", "2", y => Math.Pow(2, y)),
            Two("math.subtract subtract __operators__.sub", (x, y) => x - y), Number("math.subtract", "127.5", x => x - 127.5),
            ("math.subtract", """[["_CONSTANT_VALUE", -1, 1.0, {"y": ["x", 0, 0], "name": null}]]""", Same, i => 1 - X(i)),
            Two("math.multiply multiply __operators__.mul", (x, y) => x * y), Number("math.multiply", "2", x => 2 * x),
            ("math.scalar_mul scalar_mul", """[["_CONSTANT_VALUE", -1, 2.5, {"x": ["x", 0, 0]}]]""", Same, i => 2.5 * X(i)),
            Two("math.divide divide math.truediv truediv realdiv RealDiv __operators__.truediv", (x, y) => x / y),
            Number("math.truediv", "255.0", x => x / 255),
            Two("math.floordiv floordiv __operators__.floordiv", (x, y) => Math.Floor(x / y)),
            Two("math.floormod math.mod mod floormod __operators__.mod", Floored),
            Two("math.pow pow __operators__.pow", (y, x) => Math.Pow(y, x), "y"), Number("math.pow", "2", x => x * x),
            Two("math.maximum maximum", Math.Max), Number("math.maximum", "0.0", x => Math.Max(x, 0)),
            Two("math.minimum minimum", Math.Min), Number("math.minimum", "-0.5", x => Math.Min(x, -0.5)),
            ("math.atan2 atan2", """[["x", 0, 0, {"x": ["y", 0, 0]}]]""", Same, i => Math.Atan2(X(i), Y(i))),
            Two("math.squared_difference", (x, y) => (x - y) * (x - y)),
            Two("math.equal equal __operators__.eq", (x, y) => Truth(x == y)), Number("math.equal", "0.0", x => Truth(x == 0)),
            Two("math.not_equal not_equal __operators__.ne", (x, y) => Truth(x != y)),
            ("__operators__.eq", """[["x", 0, 0, {"other": 0.0}]]""", Same, i => Truth(X(i) == 0)),
            Number("math.not_equal", "0.0", x => Truth(x != 0)),
            Two("math.greater greater __operators__.gt", (x, y) => Truth(x > y)), Number("math.greater", "0.3", x => Truth(x > 0.3)),
            Two("math.greater_equal greater_equal __operators__.ge", (x, y) => Truth(x >= y)),
            Two("math.less less __operators__.lt", (x, y) => Truth(x < y)), Number("math.less", "0.3", x => Truth(x < 0.3)),
            Two("math.less_equal less_equal __operators__.le", (x, y) => Truth(x <= y)),
            Number("math.greater_equal", "0.3", x => Truth(x >= 0.3)), Number("math.less_equal", "0.3", x => Truth(x <= 0.3)),
            Logical("math.logical_and logical_and __operators__.and", (a, b) => a && b),
            Logical("math.logical_or logical_or __operators__.or", (a, b) => a || b),
            Logical("math.logical_xor __operators__.xor", (a, b) => a ^ b),
            One("math.logical_not logical_not __operators__.invert", x => Truth(x == 0)),
        ];
    }

    /// <summary>Numbers other than 0 are true.</summary>
    private static (string, string, int[], Func<int[], double>) Logical(string names, Func<bool, bool, bool> f)
        => Two(names, (x, y) => f(x != 0, y != 0) ? 1 : 0);

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Singles() =>
    [
        One("math.abs abs __operators__.abs", Math.Abs), One("math.negative negative __operators__.neg", x => -x),
        One("math.sign sign", x => Math.Sign(x)), One("math.square square", x => x * x), One("math.sqrt sqrt", Math.Sqrt, "y"),
        One("math.rsqrt", y => 1 / Math.Sqrt(y), "y"), One("math.reciprocal", y => 1 / y, "y"), One("math.exp exp", Math.Exp),
        One("math.expm1", x => Math.Exp(x) - 1), One("math.log", Math.Log, "y"), One("math.log1p", y => Math.Log(1 + y), "y"),
        One("math.erf", Erf), One("math.sin sin", Math.Sin), One("math.cos cos", Math.Cos), One("math.tan tan", Math.Tan, "z"),
        One("math.sinh sinh", Math.Sinh), One("math.cosh cosh", Math.Cosh), One("math.tanh tanh nn.tanh", Math.Tanh),
        One("math.asin asin", Math.Asin, "z"), One("math.acos acos", Math.Acos, "z"), One("math.atan atan", Math.Atan),
        One("math.asinh asinh", Math.Asinh), One("math.acosh acosh", Math.Acosh, "y"), One("math.atanh atanh", Math.Atanh, "z"),
        One("math.ceil", Math.Ceiling), One("math.floor floor", Math.Floor),
        One("math.round round", x => Math.Round(x, MidpointRounding.ToEven)),
        One("math.is_nan", _ => 0), One("math.is_inf", _ => 0), One("math.is_finite", _ => 1),
        One("identity convert_to_tensor", x => x), One("stop_gradient", x => x), One("cast", x => x, options: "\"dtype\": \"float32\""),
        One("cast", Math.Truncate, options: "\"dtype\": \"int32\""),
        One("clip_by_value", x => Math.Clamp(x, -1, 0.5), options: "\"clip_value_min\": -1, \"clip_value_max\": 0.5"),
        One("zeros_like", _ => 0), One("ones_like", _ => 1),
    ];

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Activations()
    {
        double Norm(int n, int t, int f) => X(n, t, f) / Math.Sqrt(Math.Max(F.Sum(g => X(n, t, g) * X(n, t, g)), 1e-12));
        double Soft(int n, int t, int f) => Math.Exp(X(n, t, f)) / F.Sum(g => Math.Exp(X(n, t, g)));
        double SoftInTime(int n, int t, int f) => Math.Exp(X(n, t, f)) / T.Sum(s => Math.Exp(X(n, s, f)));
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        double Tanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
        const double Scale = 1.0507009873554805, Alpha = 1.6732632423543772;
        return
        [
            One("nn.relu", x => Math.Max(x, 0)), One("nn.relu6", x => Math.Clamp(x, 0, 6)),
            One("math.sigmoid sigmoid nn.sigmoid", Sigmoid), One("math.softplus nn.softplus", x => Math.Log(1 + Math.Exp(x))),
            One("nn.softsign math.softsign", x => x / (1 + Math.Abs(x))), One("nn.silu nn.swish", x => x * Sigmoid(x)),
            One("nn.elu", x => x > 0 ? x : Math.Exp(x) - 1), One("nn.selu", x => Scale * (x > 0 ? x : Alpha * (Math.Exp(x) - 1))),
            One("nn.leaky_relu", x => x > 0 ? x : 0.2 * x),
            One("nn.leaky_relu", x => x > 0 ? x : 0.3 * x, options: "\"alpha\": 0.3"),
            One("nn.gelu", x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)))), One("nn.gelu", Tanh, options: "\"approximate\": true"),
            One("math.log_sigmoid", x => -Math.Log(1 + Math.Exp(-x))),
            ("nn.softmax math.softmax softmax", """[["x", 0, 0, {}]]""", Same, i => Soft(i[0], i[1], i[2])),
            ("nn.softmax", """[["x", 0, 0, {"axis": 1}]]""", Same, i => SoftInTime(i[0], i[1], i[2])),
            ("nn.log_softmax math.log_softmax", """[["x", 0, 0, {"axis": -1}]]""", Same, i => Math.Log(Soft(i[0], i[1], i[2]))),
            ("nn.l2_normalize math.l2_normalize linalg.l2_normalize", """[["x", 0, 0, {"axis": -1, "epsilon": 1e-12}]]""", Same,
                i => Norm(i[0], i[1], i[2])),
            ("math.l2_normalize", """[["x", 0, 0, {"axis": 2}]]""", Same, i => Norm(i[0], i[1], i[2])),
        ];
    }

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Reductions()
    {
        (string, string, int[], Func<int[], double>) In(string names, Func<IEnumerable<double>, double> f, string input = "x")
            => (names, $$"""[["{{input}}", 0, 0, {"axis": 1, "keepdims": false}]]""", [Features],
                i => f(T.Select(t => Value(input, [i[0], t, i[1]]))));
        (string, string, int[], Func<int[], double>) All(string names, Func<IEnumerable<double>, double> f, string axis = "[1, 2]")
            => (names, $$"""[["x", 0, 0, {"axis": {{axis}}, "keepdims": true}]]""", [1, 1],
                i => f(T.SelectMany(t => F.Select(g => X(i[0], t, g)))));
        double Variance(IEnumerable<double> values) => values.Average(v => Math.Pow(v - values.Average(), 2));
        return
        [
            In("math.reduce_mean reduce_mean", v => v.Average()), All("math.reduce_mean", v => v.Average()),
            In("math.reduce_sum reduce_sum", v => v.Sum()), All("math.reduce_sum", v => v.Sum(), "[-1, -2]"),
            In("math.reduce_max reduce_max", v => v.Max()), In("math.reduce_min reduce_min", v => v.Min()),
            In("math.reduce_prod reduce_prod", v => v.Aggregate(1.0, (a, b) => a * b)),
            In("math.reduce_any reduce_any", v => v.Any(value => value != 0) ? 1 : 0),
            In("math.reduce_all reduce_all", v => v.All(value => value != 0) ? 1 : 0),
            In("math.reduce_std", v => Math.Sqrt(Variance([.. v]))), In("math.reduce_variance", v => Variance([.. v])),
            In("math.reduce_logsumexp reduce_logsumexp", v => Math.Log(v.Sum(Math.Exp))),
            In("math.reduce_euclidean_norm", v => Math.Sqrt(v.Sum(value => value * value))),
            In("norm linalg.norm", v => Math.Sqrt(v.Sum(value => value * value))),
            ("norm linalg.norm", """[["x", 0, 0, {"ord": 1, "axis": 2}]]""", [Steps], i => F.Sum(f => Math.Abs(X(i[0], i[1], f)))),
            ("norm", """[["x", 0, 0, {"ord": "euclidean", "axis": 2}]]""", [Steps],
                i => Math.Sqrt(F.Sum(f => X(i[0], i[1], f) * X(i[0], i[1], f)))),
            In("math.count_nonzero", v => v.Count(value => value != 0)),
            ("math.argmax argmax", """[["x", 0, 0, {"axis": 1, "output_type": "int64"}]]""", [Features],
                i => T.MaxBy(t => X(i[0], t, i[1]))),
            ("math.argmin argmin", """[["x", 0, 0, {"axis": -1}]]""", [Steps], i => F.MinBy(f => X(i[0], i[1], f))),
            ("math.cumsum cumsum", """[["x", 0, 0, {"axis": 1, "exclusive": false, "reverse": false}]]""", Same,
                i => T.Take(i[1] + 1).Sum(t => X(i[0], t, i[2]))),
            ("math.cumprod", """[["x", 0, 0, {"axis": 2}]]""", Same,
                i => F.Take(i[2] + 1).Aggregate(1.0, (product, f) => product * X(i[0], i[1], f))),
            ("sort", """[["x", 0, 0, {"axis": 1, "direction": "DESCENDING"}]]""", Same,
                i => T.Select(t => X(i[0], t, i[2])).OrderDescending().ElementAt(i[1])),
            ("sort", """[["x", 0, 0, {"direction": "DESCENDING", "name": null}]]""", Same,
                i => F.Select(f => X(i[0], i[1], f)).OrderDescending().ElementAt(i[2])),
            ("argsort", """[["x", 0, 0, {"axis": 1, "direction": "DESCENDING", "stable": false}]]""", Same,
                i => T.OrderByDescending(t => X(i[0], t, i[2])).ElementAt(i[1])),
            ("sort", """[["x", 0, 0, {"axis": 1, "direction": "ASCENDING"}]]""", Same,
                i => T.Select(t => X(i[0], t, i[2])).Order().ElementAt(i[1])),
            ("argsort", """[["x", 0, 0, {"axis": -1, "stable": false}]]""", Same,
                i => F.OrderBy(f => X(i[0], i[1], f)).ElementAt(i[2])),
        ];
    }

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Moves() =>
    [
        ("reshape", """[["x", 0, 0, {"shape": [-1, 2, 10]}]]""", [2, 10],
            i => X(i[0], (i[1] * 10 + i[2]) / Features, (i[1] * 10 + i[2]) % Features)),
        ("reshape", """[["x", 0, 0, {"shape": [-1, 20]}]]""", [20], i => X(i[0], i[1] / Features, i[1] % Features)),
        ("expand_dims", """[["x", 0, 0, {"axis": -1}]]""", [Steps, Features, 1], i => X(i[0], i[1], i[2])),
        ("expand_dims", """[["x", 0, 0, {"axis": 1}]]""", [1, Steps, Features], i => X(i[0], i[2], i[3])),
        ("transpose", """[["x", 0, 0, {"perm": [0, 2, 1]}]]""", [Features, Steps], i => X(i[0], i[2], i[1])),
        ("reverse", """[["x", 0, 0, {"axis": [1]}]]""", Same, i => X(i[0], Steps - 1 - i[1], i[2])),
        ("reverse", """[["x", 0, 0, {"axis": [1, 2]}]]""", Same, i => X(i[0], Steps - 1 - i[1], Features - 1 - i[2])),
        ("roll", """[["x", 0, 0, {"shift": 2, "axis": 1}]]""", Same, i => X(i[0], (i[1] - 2 + Steps) % Steps, i[2])),
        ("roll", """[["x", 0, 0, {"shift": [1, -1], "axis": [1, 2]}]]""", Same,
            i => X(i[0], (i[1] - 1 + Steps) % Steps, (i[2] + 1) % Features)),
        ("repeat", """[["x", 0, 0, {"repeats": 2, "axis": 1}]]""", [2 * Steps, Features], i => X(i[0], i[1] / 2, i[2])),
        ("tile", """[["x", 0, 0, {"multiples": [1, 2, 3]}]]""", [2 * Steps, 3 * Features],
            i => X(i[0], i[1] % Steps, i[2] % Features)),
        ("broadcast_to", """[["x", 0, 0, {"shape": [3, 5, 4]}]]""", Same, i => X(i)),
        ("concat", """[["x", 0, 0, {"axis": -1}], ["y", 0, 0, {"axis": -1}]]""", [Steps, 2 * Features],
            i => i[2] < Features ? X(i) : Y(i[0], i[1], i[2] - Features)),
        ("concat", """[["x", 0, 0, {"axis": 1}], ["y", 0, 0, {"axis": 1}], ["z", 0, 0, {"axis": 1}]]""", [3 * Steps, Features],
            i => Value("xyz"[i[1] / Steps].ToString(), [i[0], i[1] % Steps, i[2]])),
        ("stack", """[["x", 0, 0, {"axis": 1}], ["y", 0, 0, {"axis": 1}]]""", [2, Steps, Features],
            i => i[1] == 0 ? X(i[0], i[2], i[3]) : Y(i[0], i[2], i[3])),
        ("stack", """[["x", 0, 0, {"axis": -1}], ["y", 0, 0, {"axis": -1}]]""", [Steps, Features, 2],
            i => i[3] == 0 ? X(i[0], i[1], i[2]) : Y(i[0], i[1], i[2])),
        ("pad", """[["x", 0, 0, {"paddings": [[0, 0], [1, 2], [0, 1]], "mode": "CONSTANT", "constant_values": 0}]]""",
            [Steps + 3, Features + 1], i => i[1] is >= 1 and <= Steps && i[2] < Features ? X(i[0], i[1] - 1, i[2]) : 0),
        ("pad", """[["x", 0, 0, {"paddings": [[0, 0], [2, 0], [0, 0]], "mode": "REFLECT"}]]""", [Steps + 2, Features],
            i => X(i[0], Math.Abs(i[1] - 2), i[2])),
        ("gather", """[["x", 0, 0, {"indices": [3, 0], "axis": 1}]]""", [2, Features], i => X(i[0], i[1] == 0 ? 3 : 0, i[2])),
        ("where", """[["x", 0, 0, {"x": ["y", 0, 0], "y": ["z", 0, 0]}]]""", Same, i => X(i) != 0 ? Y(i) : Z(i)),
        ("one_hot", """[["y", 0, 0, {"depth": 4}]]""", [Steps, Features, 4], i => Math.Truncate(Y(i[0], i[1], i[2])) == i[3] ? 1 : 0),
        ("squeeze", """[["x", 0, 0, {"axis": []}]]""", Same, i => X(i)),
    ];

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Slices()
    {
        const string Whole = """{"start": null, "stop": null, "step": null}""";
        string Call(string spec) => $$"""[["x", 0, 0, {"slice_spec": {{spec}}, "name": null}]]""";
        (string Spec, int[] Shape, Func<int[], double> Formula)[] rows =
        [
            ($$"""[{{Whole}}, -1]""", [Features], i => X(i[0], Steps - 1, i[1])),
            ($$"""[{{Whole}}, 2, 1]""", [], i => X(i[0], 2, 1)),
            ($$"""[{{Whole}}, {{Whole}}, {"start": 1, "stop": 3, "step": null}]""", [Steps, 2], i => X(i[0], i[1], 1 + i[2])),
            ($$"""[{{Whole}}, {"start": null, "stop": null, "step": 2}]""", [3, Features], i => X(i[0], 2 * i[1], i[2])),
            ($$"""[{{Whole}}, {"start": null, "stop": -1, "step": 1}, {"start": null, "stop": null, "step": -1}]""",
                [Steps - 1, Features], i => X(i[0], i[1], Features - 1 - i[2])),
            ($$"""[{{Whole}}, null, 0]""", [1, Features], i => X(i[0], 0, i[2])),
        ];
        return rows.SelectMany(row => new[] { "__operators__.getitem", "" }, (row, name) => (name, Call(row.Spec), row.Shape, row.Formula));
    }

    private static IEnumerable<(string, string, int[], Func<int[], double>)> Products() =>
    [
        ("linalg.matmul matmul __operators__.matmul", """[["x", 0, 0, {"b": ["y", 0, 0], "transpose_b": true}]]""", [Steps, Steps],
            i => F.Sum(f => X(i[0], i[1], f) * Y(i[0], i[2], f))),
        ("linalg.matmul matmul", """[["x", 0, 0, {"b": ["y", 0, 0], "transpose_a": true, "transpose_b": false}]]""", [Features, Features],
            i => T.Sum(t => X(i[0], t, i[1]) * Y(i[0], t, i[2]))),
        ("linalg.matmul", """[["x", 0, 0, {"b": [[1, 0], [0, 2], [3, 0], [0, 4]]}]]""", [Steps, 2],
            i => X(i[0], i[1], i[2]) * (i[2] + 1) + X(i[0], i[1], i[2] + 2) * (i[2] + 3)),
        ("tensordot linalg.tensordot", """[["x", 0, 0, {"b": [[1, 0], [0, 2], [3, 0], [0, 4]], "axes": 1}]]""", [Steps, 2],
            i => X(i[0], i[1], i[2]) * (i[2] + 1) + X(i[0], i[1], i[2] + 2) * (i[2] + 3)),
        ("tensordot", """[["x", 0, 0, {"b": [[1, 0, 2, 0, 3]], "axes": [[1], [1]]}]]""", [Features, 1],
            i => X(i[0], 0, i[1]) + 2 * X(i[0], 2, i[1]) + 3 * X(i[0], 4, i[1])),
    ];

    /// <summary>The error function by its series.</summary>
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 60; n++)
        {
            sum += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
