using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Nodes that become layers give what ONNX Runtime gives, each option other than its default, lengths odd and unequal.</summary>
public class OnnxLayerTests
{
    private static readonly int[] Image = [3, 4, 11, 8];
    private static readonly int[] Steps = [5, 3, 4];

    public static TheoryData<string> ImageNodes => [.. Images.Keys];

    public static TheoryData<string> VectorNodes => [.. Vectors.Keys];

    public static TheoryData<string, string, bool, bool> Recurrents
    {
        get
        {
            var rows = new TheoryData<string, string, bool, bool>();
            foreach (var kind in (string[])["RNN", "GRU", "GRUv", "LSTM"])
                foreach (var direction in (string[])["forward", "reverse", "bidirectional"])
                    foreach (var hasBias in (bool[])[true, false]) rows.Add(kind, direction, hasBias, hasBias == (direction == "forward"));
            return rows;
        }
    }

    private static Dictionary<string, Func<OnnxSample, OnnxSample>> Images => new()
    {
        ["Conv"] = s => s.Weight("w", 6, 4, 3, 2).Weight("b", 6).Node("Conv", "x w b", "y", ("strides", new[] { 2, 1 }),
            ("pads", new[] { 1, 0, 2, 1 })),
        ["Conv in groups"] = s => s.Weight("w", 6, 2, 3, 3).Node("Conv", "x w", "y", ("group", 2), ("dilations", new[] { 1, 2 })),
        ["Conv of each channel"] = s => s.Weight("w", 8, 1, 3, 3).Weight("b", 8).Node("Conv", "x w b", "y", ("group", 4),
            ("pads", new[] { 1, 1, 1, 1 })),
        ["Conv same"] = s => s.Weight("w", 5, 4, 4, 3).Node("Conv", "x w", "y", ("auto_pad", "SAME_UPPER"), ("strides", new[] { 3, 2 })),
        ["ConvTranspose"] = s => s.Weight("w", 4, 3, 3, 2).Weight("b", 3).Node("ConvTranspose", "x w b", "y", ("strides", new[] { 2, 1 }),
            ("pads", new[] { 1, 0, 0, 1 })),
        ["ConvTranspose longer"] = s => s.Weight("w", 4, 3, 3, 3).Node("ConvTranspose", "x w", "y", ("strides", new[] { 2, 2 }),
            ("pads", new[] { 1, 1, 1, 1 }), ("output_padding", new[] { 1, 1 })),
        ["MaxPool"] = s => s.Node("MaxPool", "x", "y", ("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 2, 2 }),
            ("pads", new[] { 1, 0, 1, 1 })),
        ["MaxPool after Relu"] = s => s.Node("Relu", "x", "r").Node("MaxPool", "r", "y", ("kernel_shape", new[] { 3, 3 }),
            ("strides", new[] { 2, 2 }), ("pads", new[] { 1, 1, 1, 1 })),
        ["MaxPool ceil"] = s => s.Node("MaxPool", "x", "y", ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 2, 2 }),
            ("ceil_mode", 1)),
        ["AveragePool"] = s => s.Node("AveragePool", "x", "y", ("kernel_shape", new[] { 2, 3 }), ("pads", new[] { 0, 1, 1, 1 }),
            ("count_include_pad", 1)),
        ["AveragePool same"] = s => s.Node("AveragePool", "x", "y", ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 2, 2 }),
            ("auto_pad", "SAME_UPPER")),
        ["GlobalAveragePool"] = s => s.Node("GlobalAveragePool", "x", "y"),
        ["GlobalMaxPool"] = s => s.Node("GlobalMaxPool", "x", "y"),
        ["Resize nearest"] = s => s.Weight("f", [1, 1, 3, 2], 4).Node("Resize", "x _ f", "y", ("mode", "nearest"),
            ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
        ["Resize linear"] = s => s.Weight("f", [1, 1, 2, 3], 4).Node("Resize", "x _ f", "y", ("mode", "linear")),
        ["BatchNormalization"] = s => s.Positive("g", 4).Weight("b", 4).Weight("m", 4).Positive("v", 4)
            .Node("BatchNormalization", "x g b m v", "y", ("epsilon", 0.003)),
        ["InstanceNormalization"] = s => s.Positive("g", 4).Weight("b", 4).Node("InstanceNormalization", "x g b", "y", ("epsilon", 0.01)),
        ["PRelu"] = s => s.Weight("a", 4, 1, 1).Node("PRelu", "x a", "y"),
        ["Softmax of channels"] = s => s.Node("Softmax", "x", "y", ("axis", 1)),
        ["Mean of positions"] = s => s.Node("ReduceMean", "x", "y", ("axes", new[] { 2, 3 }), ("keepdims", 0)),
        ["Mean of rows"] = s => s.Node("ReduceMean", "x", "y", ("axes", new[] { -1 })),
        ["Max of rows"] = s => s.Node("ReduceMax", "x", "y", ("axes", new[] { 2 }), ("keepdims", 0)),
        ["Transpose"] = s => s.Node("Transpose", "x", "y", ("perm", new[] { 0, 3, 1, 2 })),
        ["Transpose and product"] = s => s.Weight("w", 4, 5).Weight("b", 5).Node("Transpose", "x", "t", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("MatMul", "t w", "p").Node("Add", "b p", "q").Node("Transpose", "q", "y", ("perm", new[] { 0, 3, 1, 2 })),
        ["Concat"] = s => s.Node("Relu", "x", "r").Node("Concat", "x r", "y", ("axis", 1)),
        ["Split"] = s => s.Whole("n", 1, 3).Node("Split", "x n", "a b", ("axis", 1)).Node("Concat", "b a", "y", ("axis", 1)),
        ["Slice"] = s => s.Whole("start", 1, -2).Whole("end", 9223372036854775807, -6).Whole("axis", 1, 3).Whole("step", 2, -1)
            .Node("Slice", "x start end axis step", "y"),
        ["Pad"] = s => s.Whole("p", 0, 0, 1, 2, 0, 1, 0, 3).Node("Pad", "x p", "y"),
        ["Pad reflect"] = s => s.Whole("p", 0, 0, 1, 2, 0, 0, 2, 3).Node("Pad", "x p", "y", ("mode", "reflect")),
        ["Sum of a channel"] = s => s.Weight("c", 1, 4, 1, 1).Node("Add", "x c", "y"),
        ["Less a number, over another"] = s => s.Weight("a", [0.25f]).Weight("b", [3f]).Node("Sub", "a x", "r").Node("Div", "r b", "y"),
        ["Product of both"] = s => s.Node("Sigmoid", "x", "r").Node("Mul", "x r", "y"),
        ["Excitation"] = s => s.Weight("w", 4, 4, 1, 1).Node("GlobalAveragePool", "x", "g").Node("Conv", "g w", "h")
            .Node("HardSigmoid", "h", "k").Node("Mul", "x k", "y"),
        ["Flatten and Gemm"] = s => s.Weight("w", 7, 352).Weight("b", 7).Node("Flatten", "x", "f")
            .Node("Gemm", "f w b", "y", ("transB", 1), ("alpha", 0.5), ("beta", 2.0)),
        ["Reshape"] = s => s.Whole("n", 0, -1, 8).Node("Reshape", "x n", "y"),
        ["Unsqueeze and Squeeze"] = s => s.Whole("one", 2).Whole("three", 3).Node("ReduceMean", "x", "m", ("axes", new[] { 3 }))
            .Node("Squeeze", "m three", "q").Node("Unsqueeze", "q one", "y"),
        ["A row"] = s => s.Single("n", -3).Node("Gather", "x n", "y", ("axis", 2)),
        ["Rows"] = s => s.Whole("n", 2, 0, 2).Node("Gather", "x n", "y", ("axis", 1)),
    };

    private static Dictionary<string, Func<OnnxSample, OnnxSample>> Vectors => new()
    {
        ["Relu"] = Plain("Relu"),
        ["Sigmoid"] = Plain("Sigmoid"),
        ["Tanh"] = Plain("Tanh"),
        ["Softplus"] = Plain("Softplus"),
        ["Softsign"] = Plain("Softsign"),
        ["Selu"] = Plain("Selu"),
        ["Elu"] = Plain("Elu", ("alpha", 0.7)),
        ["Erf"] = Plain("Erf"),
        ["LeakyRelu"] = Plain("LeakyRelu", ("alpha", 0.2)),
        ["HardSigmoid"] = Plain("HardSigmoid", ("alpha", 1.0 / 6)),
        ["HardSigmoid, old"] = Plain("HardSigmoid"),
        ["HardSwish"] = Plain("HardSwish"),
        ["Abs"] = Plain("Abs"),
        ["Exp"] = Plain("Exp"),
        ["Neg"] = Plain("Neg"),
        ["Sin"] = Plain("Sin"),
        ["Cos"] = Plain("Cos"),
        ["Floor"] = Plain("Floor"),
        ["Ceil"] = Plain("Ceil"),
        ["Sign"] = Plain("Sign"),
        ["LogSoftmax"] = Plain("LogSoftmax", ("axis", -1)),
        ["Mish"] = Plain("Mish"),
        ["Clip to 6"] = s => s.Weight("a", [0f]).Weight("b", [0.6f]).Node("Clip", "x a b", "y"),
        ["Clip"] = s => s.Weight("a", [-0.3f]).Node("Clip", "x a", "y"),
        ["Root of squares"] = s => s.Weight("a", [2f]).Weight("e", [0.1f]).Node("Pow", "x a", "p").Node("Add", "p e", "q").Node("Sqrt",
            "q", "y"),
        ["LayerNormalization"] = s => s.Positive("g", 4).Weight("b", 4).Node("LayerNormalization", "x g b", "y", ("epsilon", 0.02)),
        ["LayerNormalization in nine nodes"] = s => s.Positive("g", 4).Weight("b", 4).Weight("two", [2f]).Weight("e", [0.02f])
            .Node("ReduceMean", "x", "m", ("axes", new[] { -1 })).Node("Sub", "x m", "d").Node("Pow", "d two", "q")
            .Node("ReduceMean", "q", "v", ("axes", new[] { 2 })).Node("Add", "v e", "w").Node("Sqrt", "w", "r").Node("Div", "d r", "n")
            .Node("Mul", "n g", "h").Node("Add", "h b", "y"),
        ["Factors"] = s => s.Positive("g", 4).Node("Mul", "g x", "y"),
        ["LayerNormalization of two axes"] = s => s.Positive("g", 3, 4).Node("LayerNormalization", "x g", "y", ("axis", 1)),
        ["MatMul"] = s => s.Weight("w", 4, 6).Node("MatMul", "x w", "y"),
        ["MatMul of both"] = s => s.Node("Transpose", "x", "t", ("perm", new[] { 0, 2, 1 })).Node("MatMul", "x t", "y"),
        ["Einsum"] = s => s.Node("Einsum", "x x", "y", ("equation", "bik,bjk->bij")),
        ["Dropout"] = Plain("Dropout"),
        ["Identity"] = Plain("Identity"),
        ["ReduceSum"] = s
            => s.Whole("a", 1).Node("ReduceSum", "x a", "y"),
    };

    [Fact]
    public void A_normalisation_in_nine_nodes_is_one_layer()
    {
        var sample = Vectors["LayerNormalization in nine nodes"](new OnnxSample().Input("x", "batch", Steps[1], Steps[2])).Output("y");
        OnnxAgreement.Check(sample, Steps).Layers.Select(layer => layer.Type).Should().Equal("InputLayer", "LayerNormalization");
    }

    /// <summary>What this library writes it reads: the same predictions, whichever network.</summary>
    [Theory]
    [InlineData("images")]
    [InlineData("sequences")]
    [InlineData("words")]
    public void A_written_model_is_read_again(string kind)
    {
        var (spec, input) = kind switch
        {
            "images" => (Sequential.Input(11, 8, 3).Conv2D(6, 3, Activation.Relu, strides: 2, padding: Padding.Same).BatchNormalization()
                .MaxPooling2D(2).DepthwiseConv2D(2).Flatten().Dense(5, Activation.Softmax).Build(),
                    OnnxAgreement.Numbers([3, 11, 8, 3], 4)),
            "sequences" => (Sequential.Input(6,
                4).Apply(new Bidirectional(new LSTM(3) { ReturnSequences = true })).GRU(5).LayerNormalization()
                .Dense(2, Activation.Tanh).Build(), OnnxAgreement.Numbers([3, 6, 4], 5)),
            _ => (Sequential.Input(7).Embedding(9, 4).Conv1D(5, 3).GlobalAveragePooling1D().Dense(3).Build(),
                NDArray.From<float>([.. Enumerable.Range(0, 21).Select(i => (float)(i % 9))], 3, 7)),
        };
        using var model = spec.ToModel(Device.Cpu, seed: 3);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            model.Save(path);
            var read = ModelSpec.FromOnnx(path);
            read.Obstacles.Should().BeEmpty();
            using var again = read.ToModel(Device.Cpu, seed: 4);
            again.Predict(input).ToArray<float>().Zip(model.Predict(input).ToArray<float>(), (a, b) => Math.Abs(a - b)).Max()
                .Should().BeLessThan(1e-5f);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory, MemberData(nameof(ImageNodes))]
    public void A_node_on_images_is_as_in_onnx_runtime(string name)
        => OnnxAgreement.Check(Images[name](new OnnxSample().Input("x", "batch", Image[1], Image[2], Image[3])).Output("y"), Image);

    [Theory, MemberData(nameof(VectorNodes))]
    public void A_node_on_sequences_is_as_in_onnx_runtime(string name)
        => OnnxAgreement.Check(Vectors[name](new OnnxSample(name.Contains("nine") ? 17 : 18).Input("x", "batch", Steps[1],
            Steps[2])).Output("y"), Steps);

    [Theory, MemberData(nameof(Recurrents))]
    public void A_recurrent_node_is_as_in_onnx_runtime(string kind, string direction, bool hasBias, bool takesLast)
    {
        const int Units = 3;
        var (directions, gates) = (direction == "bidirectional" ? 2 : 1, kind[0] == 'L' ? 4 : kind[0] == 'G' ? 3 : 1);
        (string, object)[] options = [("hidden_size", Units), ("direction", direction),
            .. kind == "GRU" ? [("linear_before_reset", 1)] : Array.Empty<(string, object)>()];
        var sample = new OnnxSample().Input("x", "batch", "time", 4).Weight("w", directions, gates * Units, 4)
            .Weight("r", directions, gates * Units, Units).Weight("b", directions, 2 * gates * Units)
            .Node("Transpose", "x", "t", ("perm", new[] { 1, 0, 2 }))
            .Node(kind.TrimEnd('v'), hasBias ? "t w r b" : "t w r", takesLast ? "every last" : "every", options);
        OnnxAgreement.Check(takesLast ? Last(sample) : Every(sample, directions * Units), [2, 5, 4]);
    }

    /// <summary>All steps as PyTorch writes them: (time, direction, batch, units) to (batch, time, directions of units).</summary>
    private static OnnxSample Every(OnnxSample sample, int width) => sample.Whole("shape", 0, 0, width)
        .Node("Transpose", "every", "sides", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "sides shape", "joined")
        .Node("Transpose", "joined", "y", ("perm", new[] { 1, 0, 2 })).Output("y");

    /// <summary>The state after the last step, of the last direction.</summary>
    private static OnnxSample Last(OnnxSample sample)
        => sample.Single("side", -1).Node("Gather", "last side", "y", ("axis", 0)).Output("y");

    private static Func<OnnxSample, OnnxSample> Plain(string type, params (string, object)[] options)
        => sample => sample.Node(type, "x", "y", options);
}
