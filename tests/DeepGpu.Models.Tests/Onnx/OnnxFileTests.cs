using DeepGpu.Onnx.Files;
using DeepGpu.Onnx.Schema;
using DeepGpu.Testing;
using Google.Protobuf;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>What is refused in a file before anything is made of it, with the code that names it.</summary>
public class OnnxFileTests : OnnxFixture
{
    public static TheoryData<string> Hostile => [.. Files.Keys];

    private static OnnxSample Plain => new OnnxSample().Input("x", "n", 4, 9, 9).Weight("w", 4, 4, 3, 3).Node("Conv", "x w",
        "y").Output("y");

    private static Dictionary<string, (string Code, Action<ModelProto> Change)> Files => new()
    {
        ["no graph"] = ("onnx_not_a_model", model => model.Graph = null),
        ["no versions"] = ("onnx_not_a_model", model => model.OpsetImport.Clear()),
        ["an old format"] = ("onnx_not_a_model", model => model.IrVersion = 2),
        ["old operators"] = ("onnx_version", model => model.OpsetImport[0].Version = 6),
        ["a negative length"] = ("onnx_tensor_shape", model => model.Graph.Initializer[0].Dims[0] = -1),
        ["lengths whose product is beyond a long"] = ("onnx_tensor_shape", model => Dims(model, 1L << 62, 1L << 62)),
        ["more elements than a tensor may have"] = ("onnx_tensor_shape", model => Dims(model, 1L << 21, 1L << 21)),
        ["65 axes"] = ("onnx_tensor_shape", model => Dims(model, [.. Enumerable.Repeat(1L, 65)])),
        ["fewer numbers than the shape says"] = ("onnx_tensor_size", model => model.Graph.Initializer[0].FloatData.RemoveAt(0)),
        ["more bytes than the shape says"] = ("onnx_tensor_size", model
            => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[577])),
        ["an element type that is none"] = ("onnx_element_type", model => model.Graph.Initializer[0].DataType = 99),
        ["a value that nothing writes"] = ("onnx_no_such_value", model => model.Graph.Node[0].Input[0] = "z"),
        ["a node before what it reads"] = ("onnx_no_such_value", model => model.Graph.Node.Insert(0, OnnxSample.NodeOf("Relu", "y", "q"))),
        ["a node that reads itself"] = ("onnx_no_such_value", model => model.Graph.Node[0].Input[0] = "y"),
        ["a value that is written twice"] = ("onnx_written_twice", model => model.Graph.Node.Add(OnnxSample.NodeOf("Relu", "x", "y"))),
        ["a weight that is listed twice"] = ("onnx_written_twice", model
            => model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone())),
        ["an output that nothing writes"] = ("onnx_no_such_value", model => model.Graph.Output[0].Name = "z"),
        ["no output"] = ("onnx_no_output", model => model.Graph.Output.Clear()),
        ["an output that depends on no input"] = ("onnx_no_output", model => model.Graph.Output[0].Name = "w"),
        ["sparse weights"] = ("onnx_sparse", model => model.Graph.SparseInitializer.Add(new SparseTensorProto())),
        ["no groups"] = ("onnx_shape", model => Option(model, "group", 0)),
        ["steps of 0"] = ("onnx_shape", model => Options(model, "strides", 0, 1)),
        ["steps beyond an int"] = ("onnx_shape", model => Options(model, "strides", long.MaxValue, 1)),
        ["spaces beyond a long"] = ("onnx_shape", model => Options(model, "dilations", int.MaxValue, int.MaxValue)),
        ["paddings beyond a long"] = ("onnx_shape", model
            => Options(model, "pads", long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue)),
        ["too few paddings"] = ("onnx_shape", model => Options(model, "pads", 1, 1)),
        ["a window beyond its input"] = ("onnx_shape", model => Options(model, "dilations", 9, 9)),
        ["an axis that is none"] = ("onnx_shape", model => Node(model, "Concat", ("axis", 7))),
        ["an order that names an axis twice"] = ("onnx_shape", model => Node(model, "Transpose", ("perm", new[] { 0, 1, 1, 2 }))),
        ["no letters"] = ("onnx_shape", model => Node(model, "Einsum", ("equation", "->,->->"))),
        ["fewer letters than axes"] = ("onnx_shape", model => Node(model, "Einsum", ("equation", "ab->a"))),
        ["parts that do not add up"] = ("onnx_shape", model => Node(model, "Split", ("split", new[] { 1, 1 }), ("axis", 1))),
        ["a million axes"] = ("onnx_shape", model => Node(model, "Unsqueeze", ("axes", Enumerable.Range(0, 1_000_000).ToArray()))),
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_damaged_or_hostile_file_is_refused_by_name(string name)
    {
        var (code, change) = Files[name];
        var sample = Plain;
        change(sample.Model);
        var refused = Refused(sample);
        refused.Fault.Code.Should().Be(code);
        refused.File.Should().EndWith("sample.onnx");
    }

    [Fact]
    public void Bytes_that_are_no_message_are_refused_wherever_they_end()
    {
        var bytes = Plain.Bytes;
        for (var length = 0; length < bytes.Length; length += 7)
        {
            FluentActions.Invoking(() => OnnxFile.Parse(bytes[..length])).Should().Throw<ModelFormatException>()
                .Which.Fault.Code.Should().BeOneOf("onnx_damaged", "onnx_not_a_model");
        }
    }

    [Fact]
    public void A_length_that_a_message_claims_is_not_allocated()
    {
        byte[] claims = [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x2A];
        var before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => OnnxFile.Parse(claims)).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("onnx_damaged");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Messages_are_counted_before_they_are_made()
    {
        var nodes = new byte[2 * (MessageCount.Most + 1)];
        for (var i = 0; i < nodes.Length; i += 2) nodes[i] = 0x0A;
        var before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => OnnxFile.Parse(Graph(nodes))).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("onnx_too_many");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2_000_000_000, "an object a message would be more");
    }

    [Fact]
    public void Graphs_in_graphs_are_counted_in_depth()
    {
        var graph = new GraphProto();
        for (var depth = 0; depth < 30; depth++)
            graph = new() { Node = { OnnxSample.NodeOf("If", "c", "y", ("then_branch", graph)) } };
        var model = Plain.Model;
        model.Graph.Node.Add(graph.Node);
        FluentActions.Invoking(() => OnnxFile.Parse(model.ToByteArray())).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("onnx_too_deep");
    }

    [Fact]
    public void Fields_of_later_releases_are_passed_over()
    {
        var read = OnnxFile.Parse([.. Plain.Bytes, 0xD2, 0x0F, 0x03, 1, 2, 3]);
        read.Graph.Node.Should().HaveCount(1);
        read.CalculateSize().Should().Be(Plain.Bytes.Length);
    }

    [Fact]
    public void A_name_that_would_be_a_path_or_move_a_cursor_is_made_plain()
    {
        var sample = new OnnxSample().Input("x", "n", 4).Node("Relu", "x", "y").Output("y");
        sample.Model.Graph.Node[0].Name = "/layer1/../con\u001b[2Jv";
        Read(sample).Layers[1].Name.Should().Be("layer1....con.u001b[2Jv");
    }

    private static byte[] Graph(byte[] content)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteRawTag(0x08);
        output.WriteInt64(8);
        output.WriteRawTag(0x3A);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return stream.ToArray();
    }

    private static void Dims(ModelProto model, params long[] lengths)
    {
        model.Graph.Initializer[0].Dims.Clear();
        model.Graph.Initializer[0].Dims.AddRange(lengths);
    }

    private static void Option(ModelProto model, string name, long value)
        => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = name, I = value });

    private static void Options(ModelProto model, string name, params long[] values)
        => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = name, Ints = { values } });

    private static void Node(ModelProto model, string type, params (string, object)[] options)
    {
        model.OpsetImport[0].Version = 9;
        model.Graph.Node.Add(OnnxSample.NodeOf(type, "y", type == "Split" ? "a z" : "z", options));
        model.Graph.Output[0].Name = "z";
    }
}
