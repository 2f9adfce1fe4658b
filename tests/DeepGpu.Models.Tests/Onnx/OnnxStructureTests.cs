using DeepGpu.Onnx.Schema;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>Graphs in nodes, functions of the file, and weights in files beside it.</summary>
public class OnnxStructureTests : OnnxFixture
{
    private static OnnxSample Chosen => new OnnxSample().Input("x", "n", 4).WholeInput("sr").Weight("w", 4, 6).Weight("v", 4, 3)
        .Single("fast", 16000).Node("Equal", "sr fast", "c")
        .Node("If", "c", "y", ("then_branch", Branch("w", "a")), ("else_branch", Branch("v", "b"))).Output("y");

    [Theory]
    [InlineData("If")]
    [InlineData("Loop")]
    [InlineData("Scan")]
    public void A_node_that_decides_or_repeats_is_refused_by_name(string type)
    {
        var sample = new OnnxSample().Input("x", "n", 4).Node(type, "x", "y", ("body", Branch("x", "a"))).Output("y");
        var fault = Refused(sample).Fault;
        fault.Code.Should().Be("onnx_control_flow");
        fault.Received.Should().Contain($"{type} 'y_node'");
    }

    [Fact]
    public void A_branch_that_the_value_of_an_input_chooses_is_followed()
    {
        CodeOf(Chosen).Should().Be("onnx_control_flow");
        ModelSpec With(long rate) => Read(Chosen, new() { Values = new Dictionary<string, long> { ["sr"] = rate } });
        With(16000).OutputShape.ToString().Should().Be("(batch, 6)");
        With(8000).OutputShape.ToString().Should().Be("(batch, 3)");
        With(8000).Inputs.Select(input => input.Name).Should().Equal("x");
        With(8000).ParameterCount.Should().Be(12);
    }

    [Fact]
    public void A_branch_that_a_shape_chooses_is_followed_and_one_that_the_batch_chooses_is_refused()
    {
        OnnxSample By(int axis) => new OnnxSample().Input("x", "n", 4).Weight("w", 4, 6).Weight("v", 4, 3).Single("axis",
            axis).Single("one", 4)
            .Node("Shape", "x", "s").Node("Gather", "s axis", "l").Node("Equal", "l one", "c")
            .Node("If", "c", "y", ("then_branch", Branch("w", "a")), ("else_branch", Branch("v", "b"))).Output("y");
        Read(By(1)).OutputShape.ToString().Should().Be("(batch, 6)");
        Read(By(0)).OutputShape.ToString().Should().Be("(batch, 3)", "no batch that is tried is 4");
    }

    [Fact]
    public void A_function_of_the_file_is_put_in_place_of_its_call()
    {
        var sample = new OnnxSample().Input("x", "n", 4).Weight("w", 4, 6).Weight("b", 6)
            .Node("own:Linear", "x w b", "h", ("slope", 0.5)).Node("own:Linear", "x w b", "g", ("slope", 0.25)).Node("Add", "h g",
                "y").Output("y");
        sample.Model.Functions.Add(Linear());
        var spec = Read(sample);
        spec.Nodes.Select(node => node.Type).Should().Equal("InputLayer", "Dense", "Dense", "LeakyReLU", "LeakyReLU", "Add");
        spec.Nodes.Select(node => node.Layer).OfType<LeakyReLU>().Select(layer => layer.NegativeSlope).Should().Equal(0.5, 0.25);
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        var function = Linear();
        function.Node.Add(OnnxSample.NodeOf("own:Linear", "i w b", "again"));
        var sample = new OnnxSample().Input("x", "n", 4).Weight("w", 4, 6).Weight("b", 6).Node("own:Linear", "x w b", "y").Output("y");
        sample.Model.Functions.Add(function);
        CodeOf(sample).Should().Be("onnx_too_deep");
    }

    [Fact]
    public void Weights_in_a_file_beside_the_model_or_below_it_are_found_when_they_are_needed()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        var sample = External("data/weights.bin", offset: "8", length: "96");
        Read(sample).Obstacles.Should().ContainSingle().Which.Should().Contain("weights.bin");
        Read(sample).ParameterCount.Should().Be(24);
        File.WriteAllBytes(Path.Combine(Folder, "data", "weights.bin"), new byte[104]);
        Read(sample).Obstacles.Should().BeEmpty();
        File.WriteAllBytes(Path.Combine(Folder, "data", "weights.bin"), new byte[103]);
        CodeOf(sample).Should().Be("onnx_tensor_size");
    }

    [Theory]
    [InlineData("../weights.bin", "path_escape")]
    [InlineData("data/../../weights.bin", "path_escape")]
    [InlineData("/etc/hostname", "path_escape")]
    [InlineData("C:weights.bin", "path_escape")]
    [InlineData("data\\weights.bin", "path_escape")]
    [InlineData("https://example.org/weights.bin", "path_escape")]
    [InlineData("", "path_escape")]
    [InlineData("weights.bin\0", "path_escape")]
    public void Weights_elsewhere_are_refused(string location, string code) => CodeOf(External(location, "0", "96")).Should().Be(code);

    [Theory]
    [InlineData("-1", "96", "onnx_external_data")]
    [InlineData("0", "97", "onnx_tensor_size")]
    [InlineData("9223372036854775807", "96", "onnx_tensor_size")]
    [InlineData("99999999999999999999", "96", "onnx_external_data")]
    public void A_place_that_does_not_hold_the_tensor_is_refused(string offset, string length, string code)
    {
        File.WriteAllBytes(Path.Combine(Folder, "weights.bin"), new byte[200]);
        CodeOf(External("weights.bin", offset, length)).Should().Be(code);
    }

    [Fact]
    public void A_link_that_leads_out_of_the_folder_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        var outside = Directory.CreateTempSubdirectory("deepgpu-outside-").FullName;
        File.WriteAllBytes(Path.Combine(outside, "weights.bin"), new byte[96]);
        File.CreateSymbolicLink(Path.Combine(Folder, "weights.bin"), Path.Combine(outside, "weights.bin"));
        CodeOf(External("weights.bin", "0", "96")).Should().Be("path_escape");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "data"), outside);
        CodeOf(External("data/weights.bin", "0", "96")).Should().Be("path_escape");
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public void A_cache_that_keeps_model_and_weights_as_links_into_one_folder_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        var blobs = Directory.CreateDirectory(Path.Combine(Folder, "blobs")).FullName;
        var snapshot = Directory.CreateDirectory(Path.Combine(Folder, "snapshot")).FullName;
        File.WriteAllBytes(Path.Combine(blobs, "ab12"), new byte[96]);
        External("weights.bin", "0", "96").Save(blobs, "cd34");
        File.CreateSymbolicLink(Path.Combine(snapshot, "weights.bin"), Path.Combine(blobs, "ab12"));
        File.CreateSymbolicLink(Path.Combine(snapshot, "model.onnx"), Path.Combine(blobs, "cd34"));
        ModelSpec.FromOnnx(Path.Combine(snapshot, "model.onnx")).Obstacles.Should().BeEmpty();
    }

    private static OnnxSample External(string location, string offset, string length)
    {
        var sample = new OnnxSample().Input("x", "n", 4).Node("MatMul", "x w", "y").Output("y");
        sample.Model.Graph.Initializer.Add(OnnxSample.Tensor("w", 1, [4, 6], tensor =>
        {
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length });
        }));
        return sample;
    }

    private static GraphProto Branch(string weight, string output) => new()
    {
        Name = output,
        Node = { OnnxSample.NodeOf("MatMul", $"x {weight}", output) },
        Output = { new ValueInfoProto { Name = output } },
    };

    /// <summary>x . w + b, then a rectifier whose slope is an attribute of the call.</summary>
    private static FunctionProto Linear()
    {
        var rectifier = OnnxSample.NodeOf("LeakyRelu", "s", "o");
        rectifier.Attribute.Add(new AttributeProto { Name = "alpha", RefAttrName = "slope" });
        return new()
        {
            Domain = "own",
            Name = "Linear",
            Input = { "i", "w", "b" },
            Output = { "o" },
            Attribute = { "slope" },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
            Node = { OnnxSample.NodeOf("MatMul", "i w", "m"), OnnxSample.NodeOf("Add", "m b", "s"), rectifier },
        };
    }
}
