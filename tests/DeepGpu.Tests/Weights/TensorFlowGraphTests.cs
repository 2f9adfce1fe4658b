using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>Graphs of tf.keras with operations as layers (2.0 to 2.3) and with shapes as values, against plain loops.</summary>
public sealed class TensorFlowGraphTests
{
    private const int Samples = 3, Steps = 5, Features = 4;

    private static readonly double[] Numbers = [.. Enumerable.Range(0, Samples * Steps * Features)
        .Select(i => Math.Round(2.5 * Math.Sin(1.7 * i), 3))];

    private static double X(int n, int t, int f) => Numbers[(n * Steps + t) * Features + f];

    /// <summary>Operation, its attributes, its constants, whether the input is given twice, the output's shape, the formula.</summary>
    public static IEnumerable<ITheoryDataRow> Operations()
    {
        const string None = "{}";
        IEnumerable<int> steps = Enumerable.Range(0, Steps), features = Enumerable.Range(0, Features);
        double Max(int[] i) => steps.Max(t => X(i[0], t, i[1]));
        (string Operation, string Attributes, string Constants, bool Twice, int[] Shape, Func<int[], double> Formula)[] rows =
        [
            ("AddV2", None, """{"1": 1.5}""", false, [Steps, Features], i => X(i[0], i[1], i[2]) + 1.5),
            ("Sub", None, """{"0": 1.0}""", false, [Steps, Features], i => 1 - X(i[0], i[1], i[2])),
            ("Mul", None, None, true, [Steps, Features], i => X(i[0], i[1], i[2]) * X(i[0], i[1], i[2])),
            ("RealDiv", None, """{"1": 255.0}""", false, [Steps, Features], i => X(i[0], i[1], i[2]) / 255),
            ("BiasAdd", None, """{"1": [1, 2, 3, 4]}""", false, [Steps, Features], i => X(i[0], i[1], i[2]) + i[2] + 1),
            ("Square", None, None, false, [Steps, Features], i => X(i[0], i[1], i[2]) * X(i[0], i[1], i[2])),
            ("LeakyRelu", """{"alpha": {"f": 0.3}}""", None, false, [Steps, Features],
                i => X(i[0], i[1], i[2]) * (X(i[0], i[1], i[2]) < 0 ? 0.3 : 1)),
            ("Mean", """{"keep_dims": {"b": false}}""", """{"1": 1}""", false, [Features], i => steps.Average(t => X(i[0], t, i[1]))),
            ("Max", """{"keep_dims": {"b": false}}""", """{"1": [1]}""", false, [Features], Max),
            ("Sum", """{"keep_dims": {"b": true}}""", """{"1": [1, 2]}""", false, [1, 1],
                i => steps.Sum(t => features.Sum(f => X(i[0], t, f)))),
            ("Reshape", None, """{"1": [-1, 10, 2]}""", false, [10, 2],
                i => X(i[0], (i[1] * 2 + i[2]) / Features, (i[1] * 2 + i[2]) % Features)),
            ("ExpandDims", None, """{"1": -1}""", false, [Steps, Features, 1], i => X(i[0], i[1], i[2])),
            ("Transpose", None, """{"1": [0, 2, 1]}""", false, [Features, Steps], i => X(i[0], i[2], i[1])),
            ("ConcatV2", None, """{"2": -1}""", true, [Steps, 2 * Features], i => X(i[0], i[1], i[2] % Features)),
            ("Pack", """{"axis": {"i": "1"}, "N": {"i": "2"}}""", None, true, [2, Steps, Features], i => X(i[0], i[2], i[3])),
            ("Tile", None, """{"1": [1, 2, 1]}""", false, [2 * Steps, Features], i => X(i[0], i[1] % Steps, i[2])),
            ("Pad", None, """{"1": [[0, 0], [1, 0], [0, 2]]}""", false, [Steps + 1, Features + 2],
                i => i[1] > 0 && i[2] < Features ? X(i[0], i[1] - 1, i[2]) : 0),
            ("BatchMatMulV2", """{"adj_x": {"b": false}, "adj_y": {"b": true}}""", None, true, [Steps, Steps],
                i => features.Sum(f => X(i[0], i[1], f) * X(i[0], i[2], f))),
            ("StridedSlice", """{"begin_mask": {"i": "1"}, "end_mask": {"i": "1"}, "shrink_axis_mask": {"i": "2"}}""",
                """{"1": [0, -1, 1], "2": [0, 0, 3], "3": [1, 1, 1]}""", false, [2], i => X(i[0], Steps - 1, 1 + i[1])),
            ("StridedSlice", """{"begin_mask": {"i": "5"}, "end_mask": {"i": "5"}}""",
                """{"1": [0, 1, 0], "2": [0, 4, 0], "3": [1, 2, -1]}""", false, [2, Features],
                i => X(i[0], 1 + 2 * i[1], Features - 1 - i[2])),
            ("Cast", """{"DstT": {"type": "DT_INT32"}}""", None, false, [Steps, Features], i => Math.Truncate(X(i[0], i[1], i[2]))),
            ("Softmax", None, None, false, [Steps, Features],
                i => Math.Exp(X(i[0], i[1], i[2])) / features.Sum(f => Math.Exp(X(i[0], i[1], f)))),
        ];
        return rows.SelectMany(row => new[] { false, true }, (row, isText) => new TheoryDataRow<string, string, string, bool, bool, int[],
            Func<int[], double>>(row.Operation, row.Attributes, row.Constants, row.Twice, isText, row.Shape, row.Formula)
        { TestDisplayName = $"{row.Operation} {row.Constants} {isText}" });
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_of_older_graphs_follows_its_formula(string operation, string attributes, string constants, bool twice,
        bool isText, int[] shape, Func<int[], double> formula)
    {
        var node = new JsonObject { ["name"] = operation, ["op"] = operation, ["attr"] = JsonNode.Parse(attributes) };
        ShouldBe(Graph(new JsonObject
        {
            ["class_name"] = "TensorFlowOpLayer",
            ["name"] = "tf_op_layer_it",
            ["config"] = new JsonObject
            {
                ["name"] = "it",
                ["trainable"] = true,
                ["node_def"] = isText ? node.ToJsonString() : node,
                ["constants"] = JsonNode.Parse(constants),
            },
            ["inbound_nodes"] = JsonNode.Parse(twice ? """[[["x", 0, 0, {}], ["x", 0, 0, {}]]]""" : """[[["x", 0, 0, {}]]]"""),
        }), shape, formula);
    }

    [Theory]
    [InlineData("ReadFile", "\"op\": \"ReadFile\"")]
    [InlineData("protocol buffer", null)]
    public void Another_operation_and_another_form_are_refused_by_name(string named, string? node)
        => FluentActions.Invoking(() => ModelSpec.FromJson(Graph(JsonNode.Parse($$$"""
            {"class_name": "TensorFlowOpLayer", "name": "it", "config": {"name": "it",
            "node_def": {{{(node is null ? "\"\\n\\u0003Add\"" : $"{{{node}}}")}}},
            "constants": {} }, "inbound_nodes": [[["x", 0, 0, {}]]]}
            """)!.AsObject()))).Should().Throw<ModelFormatException>().WithMessage($"*{named}*")
            .Which.Fault.Code.Should().Be("unknown_class");

    /// <summary>tf.reshape(x, [tf.shape(x)[0], ...]): the batch of a shape is open, the rest is known.</summary>
    [Theory]
    [InlineData("""[["batch", 0, 0], 2, 10]""", 10)]
    [InlineData("""[["batch", 0, 0], -1, 10]""", 10)]
    [InlineData("""[["batch", 0, 0], ["steps", 0, 0], -1]""", 4)]
    [InlineData("""[-1, ["twice", 0, 0], 2]""", 2)]
    public void A_shape_of_a_graph_is_a_value(string wanted, int last)
    {
        var json = Graph(
            Function("shape", "compat.v1.shape", """["x", 0, 0, {}]"""), Slice("batch", """["shape", 0, 0, {"slice_spec": 0}]"""),
            Slice("steps", """["shape", 0, 0, {"slice_spec": [-2]}]"""),
            Function("twice", "math.multiply", """["steps", 0, 0, {"y": 2}]"""),
            Function("tf_op_layer_it", "reshape", $$"""["x", 0, 0, {"shape": {{wanted}} }]"""));
        ShouldBe(json, [Steps * Features / last, last], i => Numbers[i[0] * Steps * Features + i[1] * last + i[2]]);
    }

    [Fact]
    public void A_shape_of_an_operation_is_a_value_too()
    {
        var json = Graph(Operation("s", "Shape", "{}", """["x", 0, 0, {}]"""),
            Operation("batch", "StridedSlice", """{"1": [0], "2": [1], "3": [1]}""", """["s", 0, 0, {}]""",
                """{"shrink_axis_mask": {"i": "1"}}"""),
            Operation("wanted", "Pack", """{"1": 20}""", """["batch", 0, 0, {}]""", """{"axis": {"i": "0"}, "N": {"i": "2"}}"""),
            JsonNode.Parse("""
                {"class_name": "TensorFlowOpLayer", "name": "tf_op_layer_it", "config": {"name": "it", "node_def": {"op": "Reshape"},
                "constants": {} }, "inbound_nodes": [[["x", 0, 0, {}], ["wanted", 0, 0, {}]]]}
                """)!.AsObject());
        ShouldBe(json, [20], i => Numbers[i[0] * 20 + i[1]]);
    }

    [Fact]
    public void A_shape_that_only_a_run_knows_is_refused_by_name()
        => FluentActions.Invoking(() => ModelSpec.FromJson(Graph(Function("shape", "shape", """["x", 0, 0, {}]"""),
            Slice("batch", """["shape", 0, 0, {"slice_spec": 0}]"""), Function("half", "math.floordiv", """["batch", 0, 0, {"y": 2}]"""),
            Function("tf_op_layer_it", "reshape", """["x", 0, 0, {"shape": [["half", 0, 0], -1]}]""")))).Should()
            .Throw<ModelFormatException>().WithMessage("*half*").Which.Fault.Code.Should().Be("unknown_argument");

    private static JsonObject Function(string name, string function, string call) => JsonNode.Parse($$"""
        {"class_name": "TFOpLambda", "name": "{{name}}", "config": {"name": "{{name}}", "function": "{{function}}"},
        "inbound_nodes": [{{call}}]}
        """)!.AsObject();

    private static JsonObject Slice(string name, string call) => JsonNode.Parse($$"""
        {"class_name": "SlicingOpLambda", "name": "{{name}}", "config": {"name": "{{name}}", "function": "__operators__.getitem"},
        "inbound_nodes": [{{call}}]}
        """)!.AsObject();

    private static JsonObject Operation(string name, string operation, string constants, string call, string attributes = "{}")
        => JsonNode.Parse($$"""
            {"class_name": "TensorFlowOpLayer", "name": "{{name}}", "config": {"name": "{{name}}",
            "node_def": {"op": "{{operation}}", "attr": {{attributes}} }, "constants": {{constants}} }, "inbound_nodes": [[{{call}}]]}
            """)!.AsObject();

    private static string Graph(params JsonObject[] layers)
    {
        JsonNode input = JsonNode.Parse($$"""
            {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
            "config": {"batch_input_shape": [null, {{Steps}}, {{Features}}], "dtype": "float32", "name": "x"} }
            """)!;
        return new JsonObject
        {
            ["class_name"] = "Functional",
            ["keras_version"] = "2.4.0",
            ["config"] = new JsonObject
            {
                ["name"] = "model",
                ["layers"] = new JsonArray([input, .. layers]),
                ["input_layers"] = new JsonArray(new JsonArray("x", 0, 0)),
                ["output_layers"] = new JsonArray(new JsonArray("tf_op_layer_it", 0, 0)),
            },
        }.ToJsonString();
    }

    private static void ShouldBe(string json, int[] shape, Func<int[], double> formula)
    {
        var spec = ModelSpec.FromJson(json);
        foreach (var described in new[] { spec, ModelSpec.FromJson(spec.ToJson()) })
        {
            using var model = described.ToModel(Device.Cpu);
            var output = model.Predict(NDArray.From<float>([.. Numbers.Select(number => (float)number)], Samples, Steps, Features));
            output.Shape.Should().Equal([Samples, .. shape]);
            double[] actual = output.Type == DataType.Int32 ? [.. output.ToArray<int>().Select(value => (double)value)]
                : [.. output.ToArray<float>().Select(value => (double)value)];
            for (var i = 0; i < actual.Length; i++) actual[i].Should()
                .BeApproximately(formula(Index(i, output.Shape)), 1e-5 * Math.Max(1, Math.Abs(actual[i])));
        }
    }

    private static int[] Index(int flat, IReadOnlyList<int> shape)
    {
        var index = new int[shape.Count];
        for (var axis = shape.Count - 1; axis >= 0; axis--) (index[axis], flat) = (flat % shape[axis], flat / shape[axis]);
        return index;
    }
}
