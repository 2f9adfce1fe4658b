using System.Text.Json.Nodes;
using DeepGpu.Models;
using DeepGpu.Models.Json;

namespace DeepGpu.Tests.Weights;

/// <summary>Every function of TensorFlow that a file of Keras 2 may name, against a plain formula; descriptions as tf.keras wrote
/// them.</summary>
/// <remarks>Three inputs (batch, 5, 4): x of both signs, y from 1.2 on, z between -0.9 and 0.9.</remarks>
public sealed partial class TensorFlowFunctionTests
{
    private const int Samples = 3, Steps = 5, Features = 4;

    private static readonly Dictionary<string, double[]> Inputs = new()
    {
        ["x"] = Values(i => Math.Round(2.5 * Math.Sin(1.7 * i), 3)),
        ["y"] = Values(i => Math.Round(2.2 + Math.Cos(0.9 * i), 3)),
        ["z"] = Values(i => Math.Round(0.9 * Math.Sin(2.3 * i + 1), 3)),
    };

    private static double X(params int[] at) => Value("x", at);

    private static double Y(params int[] at) => Value("y", at);

    private static double Z(params int[] at) => Value("z", at);

    private static IEnumerable<int> T => Enumerable.Range(0, Steps);

    private static IEnumerable<int> F => Enumerable.Range(0, Features);

    public static IEnumerable<ITheoryDataRow> Rows() => Cases().SelectMany(row => row.Names.Split(' '),
        (row, name) => new TheoryDataRow<string, string, int[], Func<int[], double>>(name, row.Call, row.Shape, row.Formula)
        {
            TestDisplayName = $"{name} {row.Call}",
        });

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_function_follows_its_formula(string name, string call, int[] shape, Func<int[], double> formula)
    {
        var spec = ModelSpec.FromJson(Description(name, call));
        using var model = spec.ToModel(Device.Cpu);
        ShouldBe(Predicted(model)[0], shape, formula);
        using var again = ModelSpec.FromJson(spec.ToJson()).ToModel(Device.Cpu);
        ShouldBe(Predicted(again)[0], shape, formula);
    }

    [Fact]
    public void Every_name_of_the_table_is_tried()
        => TensorFlowTable.Lines.SelectMany(line => line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Should()
            .BeSubsetOf(Cases().SelectMany(row => row.Names.Split(' ')).Concat(SeveralOutputs).Concat(TensorFlowImageTests.Names));

    [Theory]
    [InlineData("split", """["x", 0, 0, {"num_or_size_splits": [1, 4], "axis": 1}]""")]
    [InlineData("split", """["x", 0, 0, {"num_or_size_splits": [1, 4], "axis": -2, "num": null, "name": "s"}]""")]
    public void A_split_names_the_lengths_of_its_parts(string name, string call)
    {
        using var model = ModelSpec.FromJson(Description(name, call, outputs: 2)).ToModel(Device.Cpu);
        var outputs = Predicted(model);
        ShouldBe(outputs[0], [1, Features], i => X(i[0], 0, i[2]));
        ShouldBe(outputs[1], [4, Features], i => X(i[0], 1 + i[1], i[2]));
    }

    [Fact]
    public void A_split_in_a_number_of_parts_cuts_equal_ones()
    {
        using var model = ModelSpec.FromJson(Description("split", """["x", 0, 0, {"num_or_size_splits": 2, "axis": 2}]""", outputs: 2))
            .ToModel(Device.Cpu);
        var outputs = Predicted(model);
        ShouldBe(outputs[0], [Steps, 2], i => X(i[0], i[1], i[2]));
        ShouldBe(outputs[1], [Steps, 2], i => X(i[0], i[1], 2 + i[2]));
    }

    [Fact]
    public void Unstack_drops_the_axis()
    {
        using var model = ModelSpec.FromJson(Description("unstack", """["x", 0, 0, {"axis": 2, "num": 4}]""", outputs: 4))
            .ToModel(Device.Cpu);
        var outputs = Predicted(model);
        for (var part = 0; part < 4; part++) ShouldBe(outputs[part], [Steps], i => X(i[0], i[1], part));
    }

    [Theory]
    [InlineData("math.top_k")]
    [InlineData("nn.top_k")]
    public void Top_k_yields_values_and_places(string name)
    {
        using var model = ModelSpec.FromJson(Description(name, """["x", 0, 0, {"k": 2, "sorted": true}]""", outputs: 2))
            .ToModel(Device.Cpu);
        var outputs = Predicted(model);
        ShouldBe(outputs[0], [Steps, 2], i => F.Select(f => X(i[0], i[1], f)).OrderDescending().ElementAt(i[2]));
        ShouldBe(outputs[1], [Steps, 2], i => F.OrderByDescending(f => X(i[0], i[1], f)).ElementAt(i[2]));
    }

    [Fact]
    public void A_function_that_is_not_on_the_list_is_refused_by_name()
        => FluentActions.Invoking(() => ModelSpec.FromJson(Description("io.read_file", """["x", 0, 0, {}]"""))).Should()
            .Throw<ModelFormatException>().WithMessage("*io.read_file*").Which.Fault.Code.Should().Be("unknown_class");

    [Fact]
    public void An_option_that_decides_something_is_refused_by_name()
        => FluentActions.Invoking(() => ModelSpec.FromJson(Description("math.cumsum", """["x", 0, 0, {"axis": 1, "exclusive": true}]""")))
            .Should().Throw<ModelFormatException>().WithMessage("*exclusive*");

    [Theory]
    [InlineData("sort")]
    [InlineData("argsort")]
    public void Another_direction_of_a_sort_is_refused_by_name(string name)
        => FluentActions.Invoking(() => ModelSpec.FromJson(Description(name, """["x", 0, 0, {"direction": "SIDEWAYS"}]""")))
            .Should().Throw<ModelFormatException>().WithMessage("*direction*");

    private static readonly string[] SeveralOutputs = ["split", "unstack", "math.top_k", "nn.top_k"];

    private static double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Samples * Steps * Features).Select(value)];

    private static double Value(string input, int[] at) => Inputs[input][(at[0] * Steps + at[1]) * Features + at[2]];

    private static IReadOnlyList<NDArray> Predicted(Model model) => model.Predict([.. model.Spec.Inputs.Select(input
        => NDArray.From<float>([.. Inputs[input.Name].Select(number => (float)number)], Samples, Steps, Features))]);

    /// <summary>A model of one call; a call is what tf.keras lists among the inbound nodes.</summary>
    private static string Description(string function, string call, int outputs = 1)
    {
        var names = Inputs.Keys.Where(name => call.Contains($"[\"{name}\",", StringComparison.Ordinal)).ToList();
        JsonNode Reference(string name, int output = 0) => new JsonArray(name, 0, output);
        var isSlice = function.Length == 0;
        JsonObject config = new() { ["name"] = "tf.f", ["trainable"] = true, ["dtype"] = "float32" };
        if (!isSlice) config["function"] = function;
        return new JsonObject
        {
            ["class_name"] = "Functional",
            ["keras_version"] = "2.9.0",
            ["backend"] = "tensorflow",
            ["config"] = new JsonObject
            {
                ["name"] = "model",
                ["layers"] = new JsonArray([.. names.Select(Input), new JsonObject
                {
                    ["class_name"] = isSlice ? "SlicingOpLambda" : "TFOpLambda",
                    ["config"] = config,
                    ["name"] = "tf.f",
                    ["inbound_nodes"] = JsonNode.Parse($"[{call}]"),
                }]),
                ["input_layers"] = new JsonArray([.. names.Select(name => Reference(name))]),
                ["output_layers"] = new JsonArray([.. Enumerable.Range(0, outputs).Select(output => Reference("tf.f", output))]),
            },
        }.ToJsonString();
    }

    private static JsonNode Input(string name) => JsonNode.Parse($$"""
        {"class_name": "InputLayer", "name": "{{name}}", "inbound_nodes": [],
        "config": {"batch_input_shape": [null, {{Steps}}, {{Features}}], "dtype": "float32", "sparse": false, "name": "{{name}}"} }
        """)!;

    private static void ShouldBe(NDArray output, int[] shape, Func<int[], double> formula)
    {
        output.Shape.Should().Equal([Samples, .. shape]);
        var actual = Numbers(output);
        for (var i = 0; i < actual.Length; i++)
        {
            var index = Index(i, output.Shape);
            actual[i].Should().BeApproximately(formula(index), 2e-5 * Math.Max(1, Math.Abs(actual[i])), string.Join(", ", index));
        }
    }

    private static double[] Numbers(NDArray array) => array.Type switch
    {
        DataType.Float32 => [.. array.ToArray<float>().Select(value => (double)value)],
        DataType.Int64 => [.. array.ToArray<long>().Select(value => (double)value)],
        DataType.Int32 => [.. array.ToArray<int>().Select(value => (double)value)],
        _ => [.. array.ToArray<bool>().Select(value => value ? 1.0 : 0)],
    };

    private static int[] Index(int flat, IReadOnlyList<int> shape)
    {
        var index = new int[shape.Count];
        for (var axis = shape.Count - 1; axis >= 0; axis--) (index[axis], flat) = (flat % shape[axis], flat / shape[axis]);
        return index;
    }
}
