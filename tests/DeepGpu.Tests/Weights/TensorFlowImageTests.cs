using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>Functions of images in files of Keras 2 and 3 against plain loops: tf.nn.depth_to_space, tf.nn.space_to_depth,
/// tf.image.resize.</summary>
/// <remarks>TensorFlow's order of channels: the row within the block, the column, the channel
/// (https://www.tensorflow.org/api_docs/python/tf/nn/depth_to_space). A resizing's pixels have their centres half a pixel in.</remarks>
public sealed class TensorFlowImageTests
{
    private const int Samples = 2, Rows = 6, Columns = 4, Channels = 12;

    /// <summary>The names that are tried here.</summary>
    internal static readonly string[] Names =
        ["nn.depth_to_space", "depth_to_space", "nn.space_to_depth", "space_to_depth", "image.resize"];

    private static double X(int n, int r, int c, int k)
        => Math.Round(2.5 * Math.Sin(0.7 * (((n * Rows + r) * Columns + c) * Channels + k)), 3);

    public static TheoryData<string, string, int[], Func<int[], double>> Cases => new()
    {
        { "nn.depth_to_space", """{"block_size": 2}""", [12, 8, 3],
            i => X(i[0], i[1] / 2, i[2] / 2, (i[1] % 2 * 2 + i[2] % 2) * 3 + i[3]) },
        { "depth_to_space", """{"block_size": 2, "data_format": "NHWC", "name": null}""", [12, 8, 3],
            i => X(i[0], i[1] / 2, i[2] / 2, (i[1] % 2 * 2 + i[2] % 2) * 3 + i[3]) },
        { "nn.space_to_depth", """{"block_size": 2}""", [3, 2, 48],
            i => X(i[0], 2 * i[1] + i[3] / 24, 2 * i[2] + i[3] / 12 % 2, i[3] % 12) },
        { "space_to_depth", """{"block_size": 2, "data_format": "NCHW"}""", [24, 2, 6],
            i => X(i[0], i[1] % 6, 2 * i[2] + i[1] / 12, 2 * i[3] + i[1] / 6 % 2) },
        { "image.resize", """{"size": [12, 8], "method": "nearest", "antialias": false}""", [12, 8, 12],
            i => X(i[0], i[1] / 2, i[2] / 2, i[3]) },
        { "image.resize", """{"size": [9, 7]}""", [9, 7, 12], i => Bilinear(i, 9, 7) },
        { "image.resize", """{"size": [3, 5], "method": "bilinear", "preserve_aspect_ratio": false, "name": "r"}""", [3, 5, 12],
            i => Bilinear(i, 3, 5) },
        { "image.resize", """{"size": [3, 2], "antialias": true}""", [3, 2, 12], i => Triangle(i, 2) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_function_of_images_follows_its_formula(string name, string options, int[] shape, Func<int[], double> formula)
        => ShouldBe(Lambda(name, options), shape, formula);

    [Theory]
    [InlineData("DepthToSpace", """{"block_size": {"i": "2"}, "data_format": {"s": "TkhXQw=="}}""", "{}")]
    [InlineData("SpaceToDepth", """{"block_size": {"i": "2"}}""", "{}")]
    [InlineData("ResizeBilinear", """{"half_pixel_centers": {"b": true}, "align_corners": {"b": false}}""", """{"1": [9, 7]}""")]
    [InlineData("ResizeNearestNeighbor", """{"half_pixel_centers": {"b": true}}""", """{"1": [12, 8]}""")]
    public void An_operation_of_older_graphs_computes_the_same(string operation, string attributes, string constants)
    {
        var json = Layer($$"""
            {"class_name": "TensorFlowOpLayer", "name": "f", "config": {"name": "f", "constants": {{constants}},
            "node_def": {"op": "{{operation}}", "attr": {{attributes}} } }, "inbound_nodes": [[["x", 0, 0, {}]]]}
            """);
        var (shape, formula) = operation switch
        {
            "DepthToSpace" => ((int[])[12, 8, 3], (Func<int[], double>)(i
                => X(i[0], i[1] / 2, i[2] / 2, (i[1] % 2 * 2 + i[2] % 2) * 3 + i[3]))),
            "SpaceToDepth" => ([3, 2, 48], i => X(i[0], 2 * i[1] + i[3] / 24, 2 * i[2] + i[3] / 12 % 2, i[3] % 12)),
            "ResizeBilinear" => ([9, 7, 12], i => Bilinear(i, 9, 7)),
            _ => ([12, 8, 12], i => X(i[0], i[1] / 2, i[2] / 2, i[3])),
        };
        ShouldBe(json, shape, formula);
    }

    /// <summary>TensorFlow 1 put the centres elsewhere; other methods, and keeping the aspect ratio, are other functions.</summary>
    [Theory]
    [InlineData("image.resize", """{"size": [3, 2], "method": "area"}""", "*method*")]
    [InlineData("image.resize", """{"size": [3, 2], "preserve_aspect_ratio": true}""", "*preserve_aspect_ratio*")]
    [InlineData("compat.v1.image.resize", """{"size": [3, 2]}""", "*compat.v1.image.resize*")]
    [InlineData("nn.depth_to_space", """{"block_size": 2, "data_format": "NCHW_VECT_C"}""", "*data_format*")]
    [InlineData("nn.depth_to_space", """{"block_size": 2, "data_format": "NCHW"}""", "*multiple of 4*")]
    [InlineData("nn.depth_to_space", """{"block_size": 1}""", "*block_size*")]
    [InlineData("nn.space_to_depth", """{"block_size": 4}""", "*multiples of 4*")]
    public void What_would_compute_something_else_is_refused_by_name(string name, string options, string text)
        => Refused(() => ModelSpec.FromJson(Lambda(name, options)), text);

    [Theory]
    [InlineData("ResizeBilinear", """{"half_pixel_centers": {"b": false}}""", "*half_pixel_centers*")]
    [InlineData("ResizeBilinear", "{}", "*half_pixel_centers*")]
    [InlineData("ResizeBicubic", """{"half_pixel_centers": {"b": true}, "align_corners": {"b": true}}""", "*align_corners*")]
    public void Other_centres_of_older_graphs_are_refused_by_name(string operation, string attributes, string text)
        => Refused(() => ModelSpec.FromJson(Layer($$$"""
            {"class_name": "TensorFlowOpLayer", "name": "f", "config": {"name": "f", "constants": {"1": [9, 7]},
            "node_def": {"op": "{{{operation}}}", "attr": {{{attributes}}} } }, "inbound_nodes": [[["x", 0, 0, {}]]]}
            """)), text);

    /// <summary>Models of open height and width, as those that enlarge pictures have.</summary>
    [Fact]
    public void Open_sizes_are_checked_when_the_model_runs()
    {
        var spec = ModelSpec.FromJson(Lambda("nn.space_to_depth", """{"block_size": 2}""").Replace("6, 4, 12]", "null, null, 12]",
            StringComparison.Ordinal));
        using var model = spec.ToModel(Device.Cpu);
        model.Predict(Images()).Shape.Should().Equal(Samples, 3, 2, 48);
        Refused(() => model.Predict(NDArray.From<float>(new float[5 * 4 * 12], 1, 5, 4, 12)), "*multiples of 2*");
    }

    private static double Bilinear(int[] i, int rows, int columns)
    {
        double Along(int axisPlace, int length, int of, Func<int, double> value)
        {
            var place = (axisPlace + 0.5) * of / length - 0.5;
            var low = (int)Math.Floor(place);
            int Held(int p) => Math.Clamp(p, 0, of - 1);
            return (1 - (place - low)) * value(Held(low)) + (place - low) * value(Held(low + 1));
        }

        return Along(i[1], rows, Rows, r => Along(i[2], columns, Columns, c => X(i[0], r, c, i[3])));
    }

    /// <summary>Half the size with antialiasing: a triangle four pixels wide, its weights 1, 3, 3, 1 of 8, those outside left
    /// out.</summary>
    private static double Triangle(int[] i, int factor)
    {
        double Along(int place, int of, Func<int, double> value)
        {
            double sum = 0, weights = 0;
            for (var p = 0; p < of; p++)
            {
                var distance = Math.Abs(p + 0.5 - (place + 0.5) * factor) / factor;
                if (distance >= 1) continue;
                (sum, weights) = (sum + (1 - distance) * value(p), weights + 1 - distance);
            }

            return sum / weights;
        }

        return Along(i[1], Rows, r => Along(i[2], Columns, c => X(i[0], r, c, i[3])));
    }

    private static void Refused(Action action, string text)
        => FluentActions.Invoking(action).Should().Throw<DeepGpuException>().WithMessage(text);

    private static string Lambda(string function, string options)
    {
        var call = new JsonArray(new JsonArray("x", 0, 0, JsonNode.Parse(options)));
        return Layer(new JsonObject
        {
            ["class_name"] = "TFOpLambda",
            ["name"] = "f",
            ["config"] = new JsonObject { ["name"] = "f", ["function"] = function },
            ["inbound_nodes"] = call,
        }.ToJsonString());
    }

    private static string Layer(string layer) => $$"""
        {"class_name": "Functional", "keras_version": "2.9.0", "backend": "tensorflow", "config": {"name": "model", "layers": [
        {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
        "config": {"batch_input_shape": [null, 6, 4, 12], "dtype": "float32", "name": "x"} }, {{layer}}],
        "input_layers": [["x", 0, 0]], "output_layers": [["f", 0, 0]]} }
        """;

    private static NDArray Images() => NDArray.From<float>([.. Enumerable.Range(0, Samples * Rows * Columns * Channels)
        .Select(i => (float)X(0, 0, 0, i))], Samples, Rows, Columns, Channels);

    private static void ShouldBe(string json, int[] shape, Func<int[], double> formula)
    {
        var spec = ModelSpec.FromJson(json);
        foreach (var described in new[] { spec, ModelSpec.FromJson(spec.ToJson()) })
        {
            using var model = described.ToModel(Device.Cpu);
            var output = model.Predict(Images());
            output.Shape.Should().Equal([Samples, .. shape]);
            var actual = output.ToArray<float>();
            for (var i = 0; i < actual.Length; i++) ((double)actual[i]).Should()
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
