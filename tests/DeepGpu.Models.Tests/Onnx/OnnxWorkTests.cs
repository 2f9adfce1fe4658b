using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>What nodes ask of a processor, against formulas written out here. A node of another domain keeps the graph a description.
/// </summary>
public class OnnxWorkTests : OnnxFixture
{
    public static TheoryData<string> Products => [.. Rows.Keys];

    /// <summary>The node, the parameters it has, and multiply-adds of one sample.</summary>
    private static Dictionary<string, (Func<OnnxSample, OnnxSample> Node, long Parameters, double MultiplyAdds)> Rows => new()
    {
        ["Conv"] = (s => s.Weight("w", 6, 4, 3, 2).Weight("b", 6).Node("Conv", "image w b", "y", ("strides", new[] { 2, 1 })),
            6 * 4 * 6 + 6, 5.0 * 7 * 6 * (4 * 3 * 2)),
        ["Conv in groups"] = (s => s.Weight("w", 6, 2, 3, 3).Node("Conv", "image w", "y", ("group", 2), ("pads", new[] { 1, 1, 1, 1 })),
            6 * 2 * 9, 11.0 * 8 * 6 * (2 * 9)),
        ["ConvTranspose"] = (s => s.Weight("w", 4, 5, 3, 3).Weight("b", 5).Node("ConvTranspose", "image w b", "y",
            ("strides", new[] { 2, 2 })),
            4 * 5 * 9 + 5, 11.0 * 8 * 4 * 5 * 9),
        ["Gemm"] = (s => s.Weight("w", 7, 20).Weight("b", 7).Whole("f", 0, 20).Node("Reshape", "steps f", "flat")
            .Node("Gemm", "flat w b", "y", ("transB", 1)), 7 * 20 + 7, 7.0 * 20),
        ["MatMul with weights"] = (s => s.Weight("w", 4, 6).Node("MatMul", "steps w", "y"), 24, 5.0 * 4 * 6),
        ["MatMul of both"] = (s => s.Node("Transpose", "steps", "t", ("perm", new[] { 0, 2, 1 })).Node("MatMul", "steps t", "y"), 0,
            5.0 * 4 * 5),
        ["Einsum"] = (s => s.Weight("w", 4, 6).Node("Einsum", "steps w", "y", ("equation", "btf,fu->btu")), 24, 5.0 * 4 * 6),
        ["LSTM"] = (s => Recurrent(s, "LSTM", 4, 1), 4 * 3 * (4 + 3) + 8 * 3, 5.0 * 4 * 3 * (4 + 3)),
        ["GRU both ways"] = (s => Recurrent(s, "GRU", 3, 2), 2 * (3 * 3 * (4 + 3) + 6 * 3), 2 * 5.0 * 3 * 3 * (4 + 3)),
        ["RNN"] = (s => Recurrent(s, "RNN", 1, 1), 3 * (4 + 3) + 2 * 3, 5.0 * 3 * (4 + 3)),
        ["BatchNormalization"] = (s => s.Positive("g", 4).Weight("b", 4).Weight("m", 4).Positive("v", 4)
            .Node("BatchNormalization", "image g b m v", "y"), 16, 0),
        ["Relu"] = (s => s.Node("Relu", "image", "y"), 0, 0),
        ["QLinearConv"] = (s => s.Codes("q", 6, 4, 3, 2).Weight("s", [0.5f]).Code("z").Node("QuantizeLinear", "image s z", "i")
            .Node("QLinearConv", "i s z q s z s z", "y"), 6 * 4 * 6, 9.0 * 7 * 6 * (4 * 3 * 2)),
        ["Attention"] = (s => s.Node("Attention", "steps steps steps", "y", ("q_num_heads", 2), ("kv_num_heads", 2)), 0, 2 * 5.0 * 5 * 4),
    };

    [Theory, MemberData(nameof(Products))]
    public void Parameters_and_operations_follow_the_formula(string name)
    {
        var (node, parameters, multiplyAdds) = Rows[name];
        var spec = Read(Described(node));
        spec.ParameterCount.Should().Be(parameters);
        spec.FlopsByLayer()[spec.Layers.Single(layer => layer.Name == "y_node").Name].Should().Be(2 * multiplyAdds);
        var operations = spec.Inference(batchSize: 3).Operations.Where(operation => operation.Name == "y_node").ToList();
        operations.Sum(operation => operation.ForwardFlops).Should().Be(3 * 2 * multiplyAdds);
        operations[0].WeightElements.Should().Be(parameters);
    }

    [Fact]
    public void The_running_statistics_of_a_normalisation_are_not_trained()
        => Read(Described(Rows["BatchNormalization"].Node)).TrainableParameterCount.Should().Be(8);

    [Fact]
    public void A_weight_that_two_nodes_read_counts_once_and_is_read_twice()
    {
        var spec = Read(Described(s => s.Weight("w", 4, 4).Node("MatMul", "steps w", "m").Node("MatMul", "m w", "y")));
        spec.ParameterCount.Should().Be(16);
        spec.Inference(1).Operations.Where(o => o.Name.EndsWith("_node", StringComparison.Ordinal) && o.WeightElements == 16)
            .Select(o => o.SharesWeights).Should().Equal(false, true);
    }

    [Fact]
    public void Numbers_of_formulas_are_no_parameters()
        => Read(Described(s => s.Weight("two", [2f]).Weight("low", [0f]).Weight("high", [6f]).Node("Pow", "image two", "p")
            .Node("Clip", "p low high", "y"))).ParameterCount.Should().Be(0);

    [Fact]
    public void An_operator_that_is_not_known_is_listed_and_its_share_is_unknown()
    {
        var spec = Read(new OnnxSample().Input("x", "n", 4).Weight("w", 4, 6).Node("MatMul", "x w", "m").Says("u", "n", 9)
            .Node("com.example:Mystery", "m", "u").Node("Relu", "u", "y").Output("y"));
        spec.Layers.Select(layer => layer.Type).Should().Equal("InputLayer", "MatMul", "com.example.Mystery", "Relu");
        spec.OutputShape.ToString().Should().Be("(batch, 9)");
        spec.FlopsPerSample().Should().BeNull();
        var workload = spec.Inference(2);
        workload.UnknownLayers.Should().Equal("u_node");
        workload.FlopsPerStep.Should().BeNull();
        ((OnnxOperation)spec.Layers[2].Layer).IsKnown.Should().BeFalse();
        spec.Obstacles.Should().Equal("com.example.Mystery 'u_node': there is no layer for it");
    }

    [Fact]
    public void Activations_and_bytes_grow_with_the_batch_and_weights_do_not()
    {
        var spec = Read(Described(Rows["Conv"].Node));
        var (one, four) = (spec.Inference(1).Operations[0], spec.Inference(4).Operations[0]);
        (four.InputElements, four.OutputElements).Should().Be((4 * one.InputElements, 4 * one.OutputElements));
        (one.InputElements, one.OutputElements, four.WeightElements).Should().Be((4 * 11 * 8L, 6 * 5 * 7L, 6 * 4 * 6 + 6L));
        one.Product.Should().Be(new MatrixProduct(6, 4, 6, 35, 88, 1, HasUnitStride: false, IsSquareKernel: false));
    }

    /// <summary>Images and steps as inputs, and a node that this library does not know on what the sample yields.</summary>
    private static OnnxSample Described(Func<OnnxSample, OnnxSample> nodes)
        => nodes(new OnnxSample(23).Input("image", "n", 4, 11, 8).Input("steps", "n", 5, 4)).Node("com.example:Mystery", "y image steps",
            "end")
            .Output("end");

    private static OnnxSample Recurrent(OnnxSample sample, string type, int gates, int directions) => sample
        .Weight("w", directions, gates * 3, 4).Weight("r", directions, gates * 3, 3).Weight("b", directions, 2 * gates * 3)
        .Node("Transpose", "steps", "t", ("perm", new[] { 1, 0, 2 }))
        .Node(type, "t w r b", "y", ("hidden_size", 3), ("direction", directions == 2 ? "bidirectional" : "forward"));
}
