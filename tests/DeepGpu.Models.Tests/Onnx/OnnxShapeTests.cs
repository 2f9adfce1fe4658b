using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>Shapes that follow through a graph: open lengths, folded shapes, the forms of older versions.</summary>
public class OnnxShapeTests : OnnxFixture
{
    public static TheoryData<string> Old => [.. Forms.Keys];

    public static TheoryData<string, string> Shapes => new()
    {
        { "Flatten", "(batch, 352)" }, { "GlobalAveragePool", "(batch, 4, 1, 1)" }, { "Identity", "(batch, 4, 11, 8)" },
        { "SpaceToDepth", "(batch, 16, 5, 4)" }, { "DepthToSpace", "(batch, 1, 22, 16)" }, { "ArgMax", "(1, 4, 11, 8)" },
        { "ReduceL2", "(1, 1, 1, 1)" }, { "Softmax", "(batch, 4, 11, 8)" }, { "Not", "(batch, 4, 11, 8)" },
    };

    /// <summary>Nodes of an older version and the shape that they yield of (batch, 4, 11, 8).</summary>
    private static Dictionary<string, (int Version, Func<OnnxSample, OnnxSample> Node, string Shape)> Forms => new()
    {
        ["Slice of 9"] = (9, s => s.Node("Slice", "x", "y", ("starts", new[] { 1, -3 }), ("ends", new[] { 99, -1 }),
            ("axes", new[] { 1, 3 })),
            "(batch, 3, 11, 2)"),
        ["Squeeze of 11"] = (11, s => s.Node("ReduceMax", "x", "m", ("axes", new[] { 2 })).Node("Squeeze", "m", "y", ("axes", new[] { 2 })),
            "(batch, 4, 8)"),
        ["Unsqueeze of 7"] = (7, s => s.Node("Unsqueeze", "x", "y", ("axes", new[] { 0, 5 })), "(1, any, 4, 11, 8, 1)"),
        ["Split of 7"] = (7, s => s.Node("Split", "x", "a y", ("axis", 2), ("split", new[] { 4, 7 })), "(batch, 4, 7, 8)"),
        ["Split in halves"] = (11, s => s.Node("Split", "x", "a y", ("axis", 3)), "(batch, 4, 11, 4)"),
        ["Split by number"] = (18, s => s.Node("Split", "x", "a b y", ("axis", 2), ("num_outputs", 3)), "(batch, 4, 3, 8)"),
        ["Pad of 7"] = (7, s => s.Node("Pad", "x", "y", ("pads", new[] { 0, 0, 1, 2, 0, 0, 3, -1 })), "(batch, 4, 15, 9)"),
        ["Pad of some axes"] = (18, s => s.Whole("p", 2, 3).Whole("a", -1).Node("Pad", "x p _ a", "y"), "(batch, 4, 11, 13)"),
        ["Upsample of 8"] = (8, s => s.Node("Upsample", "x", "y", ("scales", new[] { 1f, 1f, 2f, 1.5f })), "(batch, 4, 22, 12)"),
        ["Resize of 10"] = (10, s => s.Weight("f", [1, 1, 0.5f, 2], 4).Node("Resize", "x f", "y"), "(batch, 4, 5, 16)"),
        ["Resize to sizes"] = (13, s => s.Whole("n", 2, 4, 6, 7).Node("Resize", "x _ _ n", "y"), "(2, 4, 6, 7)"),
        ["Resize of some axes"] = (18, s => s.Whole("n", 22, 9).Node("Resize", "x _ _ n", "y", ("axes", new[] { 2, 3 }),
            ("keep_aspect_ratio_policy", "not_larger")), "(batch, 4, 12, 9)"),
        ["ReduceSum of 11"] = (11, s => s.Node("ReduceSum", "x", "y", ("axes", new[] { 1, -1 }), ("keepdims", 0)), "(batch, 11)"),
        ["ReduceSum of no axes"] = (13, s => s.Node("ReduceSum", "x", "y", ("noop_with_empty_axes", 1)), "(batch, 4, 11, 8)"),
        ["TopK of 9"] = (9, s => s.Node("TopK", "x", "v y", ("k", 3), ("axis", 1)), "(batch, 3, 11, 8)"),
        ["Dropout of 7"] = (7, s => s.Node("Dropout", "x", "y", ("ratio", 0.25)), "(batch, 4, 11, 8)"),
        ["MaxPool same at the start"] = (7, s => s.Node("MaxPool", "x", "y", ("kernel_shape", new[] { 3, 2 }), ("strides", new[] { 2, 3 }),
            ("auto_pad", "SAME_LOWER")), "(batch, 4, 6, 3)"),
        ["MaxPool with spaces, ceil"] = (12, s => s.Node("MaxPool", "x", "y", ("kernel_shape", new[] { 3, 3 }),
            ("dilations", new[] { 2, 1 }),
            ("strides", new[] { 3, 3 }), ("ceil_mode", 1)), "(batch, 4, 3, 3)"),
        ["Ceil starts no window in the padding"] = (12, s => s.Node("AveragePool", "x", "y", ("kernel_shape", new[] { 1, 2 }),
            ("strides", new[] { 1, 3 }), ("pads", new[] { 0, 1, 0, 1 }), ("ceil_mode", 1)), "(batch, 4, 11, 3)"),
        ["ConvTranspose to a size"] = (11, s => s.Weight("w", 4, 3, 3, 3).Node("ConvTranspose", "x w", "y", ("strides", new[] { 2, 2 }),
            ("output_shape", new[] { 22, 15 })), "(batch, 3, 22, 15)"),
        ["Gather of rows"] = (11, s => s.Whole("n", 0, 2, 2).Node("Gather", "x n", "y", ("axis", -2)), "(batch, 4, 3, 8)"),
        ["GatherND"] = (13, s => s.WholeInput("i", "batch", 5, 1).Node("GatherND", "x i", "y", ("batch_dims", 1)), "(batch, 5, 11, 8)"),
        ["OneHot"] = (11, s => s.WholeInput("i", "batch", 3).Single("n", 6).Weight("v", [0, 1], 2).Node("OneHot", "i n v", "y"),
            "(batch, 3, 6)"),
        ["Tile"] = (13, s => s.Whole("n", 1, 2, 1, 3).Node("Tile", "x n", "y"), "(batch, 8, 11, 24)"),
        ["Where"] = (13, s => s.Input("c", 8).Node("Where", "c x x", "y"), "(batch, 4, 11, 8)"),
        ["Einsum with dots"] = (13, s => s.Weight("w", 8, 5).Node("Einsum", "x w", "y", ("equation", "...i,ij->...j")),
            "(batch, 4, 11, 5)"),
        ["Boxes that are kept"] = (13, s => s.Input("b", 1, 9, 4).Input("s", 1, 2, 9).Node("NonMaxSuppression", "b s", "y"), "(batch, 3)"),
    };

    [Theory, MemberData(nameof(Old))]
    public void A_node_of_any_version_has_its_shape(string name)
    {
        var (version, node, shape) = Forms[name];
        Read(Open(node(new OnnxSample(version).Input("x", "batch", 4, 11, 8)))).Nodes[^2].OutputShapes[^1].ToString().Should().Be(shape);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void A_node_without_options_has_its_shape(string type, string shape)
        => Read(Open(new OnnxSample(13).Input("x", "batch", 4, 11, 8).Node(type, "x", "y",
            ("blocksize", 2)))).Nodes[^2].OutputShapes[0].ToString()
            .Should().Be(shape);

    [Fact]
    public void A_shape_that_is_put_together_from_lengths_is_folded()
    {
        var spec = Read(Open(new OnnxSample().Input("x", "n", 12, "time").Single("zero", 0).Single("two", 2).Whole("rest", 3,
            4).Whole("front", 0)
            .Node("Shape", "x", "s").Node("Gather", "s zero", "b").Node("Gather", "s two", "t").Node("Unsqueeze", "b front", "b1")
            .Node("Unsqueeze", "t front", "t1").Node("Concat", "b1 rest t1", "to", ("axis", 0)).Node("Reshape", "x to", "y")));
        spec.Nodes.Select(node => node.Type).Should().Equal("InputLayer", "Reshape", "com.example.Mystery");
        spec.Nodes[1].OutputShapes[0].ToString().Should().Be("(batch, 3, 4, any)");
        spec.Inference(2, timeSteps: 7).Operations[0].OutputElements.Should().Be(2 * 12 * 7);
    }

    [Fact]
    public void Two_open_lengths_that_are_one_name_are_one_length()
    {
        var spec = Read(Open(new OnnxSample().Input("a", "n", "time", 4).Input("b", "n", "time", 4).Node("Add", "a b", "y")));
        spec.Inputs.Select(input => input.OutputShapes[0].ToString()).Should().Equal("(batch, time, 4)", "(batch, time, 4)");
        spec.FlopsPerSample().Should().BeNull();
        spec.Inference(3, timeSteps: 5).InputElements.Should().Be(2 * 3 * 5 * 4);
        FluentActions.Invoking(() => spec.Inference(3)).Should().Throw<DeepGpuArgumentException>()
            .Which.Fault.Code.Should().Be("open_input_shape");
    }

    [Fact]
    public void A_length_that_is_a_sum_of_others_follows_them()
        => Read(Open(new OnnxSample().Input("x", "n", "length", 4).Input("past", "n", "before", 4).Input("mask", "n", "before + length", 1)
            .Node("Concat", "past x", "all", ("axis", 1)).Node("Mul", "all mask", "y"))).Nodes[^2].OutputShapes[0].ToString()
            .Should().Be("(batch, time, 4)");

    [Fact]
    public void A_fixed_batch_is_any_batch_where_the_graph_can_take_others()
    {
        var spec = Read(Open(new OnnxSample().Input("x", 1, 4, 6).Input("state", 2, 1, 6).Weight("w", 6, 5).Node("MatMul", "x w", "m")
            .Node("Relu", "state", "s").Node("Concat", "m m", "y", ("axis", 2))));
        spec.Nodes[^2].OutputShapes[0].ToString().Should().Be("(batch, 4, 10)");
        spec.Inference(7).Operations.First(operation => operation.ForwardFlops > 0).ForwardFlops.Should().Be(2.0 * 7 * 4 * 6 * 5);
    }

    [Fact]
    public void A_batch_that_the_graph_fixes_stays_and_figures_grow_with_what_is_asked_for()
    {
        var spec = Read(Open(new OnnxSample().Input("x", 1, 4, 6).Whole("flat", 1, 24).Weight("w", 24, 5).Node("Reshape", "x flat", "f")
            .Node("MatMul", "f w", "y")));
        spec.Inputs[0].OutputShapes[0].ToString().Should().Be("(1, 4, 6)");
        spec.Obstacles.Should().Contain("the graph holds for a batch of 1 alone");
        spec.FlopsByLayer()["y_node"].Should().Be(2.0 * 24 * 5);
        spec.Inference(8).Operations.Single(operation => operation.Name == "y_node").ForwardFlops.Should().Be(8 * 2.0 * 24 * 5);
    }

    [Fact]
    public void Other_input_lengths_follow_through_the_graph()
    {
        var spec = Read(Open(new OnnxSample().Input("x", "n", 3, "height", "width").Weight("w", 5, 3, 3, 3).Node("Conv", "x w", "y",
            ("strides", new[] { 2, 2 }))));
        spec.Nodes[1].OutputShapes[0].ToString().Should().Be("(batch, 5, width, any)");
        var known = spec.WithInputShapes(new Shape(null, 3, 33, 20));
        known.Nodes[1].OutputShapes[0].ToString().Should().Be("(batch, 5, 16, 9)");
        known.FlopsByLayer()["y_node"].Should().Be(2.0 * 16 * 9 * 5 * 27);
        spec.WithInputShapes(new Shape(4, 3, 33, 20)).Nodes[1].OutputShapes[0].ToString().Should().Be("(4, 5, 16, 9)");
    }

    [Fact]
    public void A_length_may_be_given_by_its_name()
        => Read(Open(new OnnxSample().Input("x", "n", "time", 4).Node("Transpose", "x", "y", ("perm", new[] { 1, 0, 2 }))),
            new()
            {
                Lengths = new Dictionary<string,
                int>
                { ["time"] = 9 }
            }).Nodes[1].OutputShapes[0].ToString().Should().Be("(9, time, 4)");

    [Fact]
    public void A_name_that_the_file_has_not_is_refused()
    {
        var sample = new OnnxSample().Input("x", "n", 4).Node("Relu", "x", "y").Output("y");
        FluentActions.Invoking(() => Read(sample, new() { Lengths = new Dictionary<string, int> { ["time"] = 9 } }))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*an open length of the file (n)*time*");
        FluentActions.Invoking(() => Read(sample, new() { Values = new Dictionary<string, long> { ["sr"] = 9 } }))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*an input of the file (x)*sr*");
    }

    /// <summary>With a node that this library does not know at the end, so that the graph stays a description.</summary>
    private static OnnxSample Open(OnnxSample sample) => sample.Node("com.example:Mystery", "y", "end").Output("end");
}
