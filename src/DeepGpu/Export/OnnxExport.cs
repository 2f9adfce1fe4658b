using System.Text.Json.Nodes;
using DeepGpu.Models;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.Export;

/// <summary>Makes an ONNX model of a description and its weights. Needs no engine.</summary>
internal static class OnnxExport
{
    /// <summary>Protobuf's limit on one message.</summary>
    private const long MostBytes = int.MaxValue - (1 << 20);

    /// <summary>Writes a model, or throws before a byte is written.</summary>
    public static void Write(ModelSpec spec, Func<string, NDArray> values, OnnxOptions options, Stream stream)
        => Build(spec, values, options).WriteTo(stream);

    /// <summary>The whole model in memory.</summary>
    /// <param name="spec">The description.</param>
    /// <param name="values">The numbers of each weight, in Keras's layout.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="masked">For each input, whether its mask is an input of the graph too, named after it with "/mask".</param>
    public static ModelProto Build(ModelSpec spec, Func<string, NDArray> values, OnnxOptions options, IReadOnlyList<bool>? masked = null)
    {
        var graph = new GraphWriter(new(options.Opset));
        List<ExportSignal> inputs = [.. spec.Inputs.Select((node, i) => Input(graph, node, masked is not null && masked[i]))];
        List<(ModelNode Node, string Reason)> refused = [];
        var outputs = ExportGraph.Run(spec, inputs, node => new(graph, values, node.Name, node.Weights),
            (node, reason) => refused.Add((node, reason)));
        if (refused.Count > 0) throw Refused(spec, refused);
        var named = Named(graph, outputs, spec);
        var nodes = graph.Used(named);
        var finished = options.FoldBatchNormalization ? BatchNormalizationFolding.Folded(graph, nodes, named) : nodes;
        return Model(spec, options, Graph(spec, inputs, finished, named));
    }

    private static ExportSignal Input(GraphWriter graph, ModelNode node, bool isMasked)
    {
        var (shape, type) = (node.OutputShapes[0], ((InputLayer)node.Layer).ElementType);
        var value = graph.Input(node.Name, shape, IsReal(type) ? DataType.Float32 : type);
        return new(value, isMasked ? graph.Input($"{node.Name}/mask", new(shape.Axes.Take(2)), DataType.Bool) : null);
    }

    private static bool IsReal(DataType type)
        => type is DataType.Float16 or DataType.BFloat16 or DataType.Float32 or DataType.Float64;

    /// <summary>The outputs under their layers' names; one that comes from outside, or is an output already, is passed on.</summary>
    private static List<GraphValue> Named(GraphWriter graph, IReadOnlyList<ExportSignal> outputs, ModelSpec spec)
    {
        var made = graph.Nodes.SelectMany(node => node.Outputs).OfType<GraphValue>().ToHashSet();
        return [.. outputs.Zip(spec.Outputs, (output, of) =>
        {
            var (value, name) = (output.Tensor, of.Index == 0 ? of.Node.Name : $"{of.Node.Name}:{of.Index}");
            graph.Names.Path = of.Node.Name;
            if (!made.Remove(value)) value = graph.Emit("Identity", [value], value.Shape, value.Type);
            value.Name = graph.Names.Unique(name);
            return value;
        })];
    }

    private static GraphProto Graph(ModelSpec spec, List<ExportSignal> inputs, IReadOnlyList<GraphNode> nodes, List<GraphValue> outputs)
    {
        var read = nodes.SelectMany(node => node.Reads).ToHashSet();
        List<GraphValue> numbers = [.. read.Where(value => value.Constant is not null)];
        var bytes = numbers.Sum(value => (long)value.Constant!.Bytes.Length);
        if (bytes > MostBytes) throw TooLarge(spec, bytes);
        var proto = new GraphProto { Name = spec.Name };
        proto.Input.AddRange(inputs.SelectMany(input => new[] { input.Tensor, input.Mask }).OfType<GraphValue>().Select(GraphProtos.Info));
        proto.Output.AddRange(outputs.Select(GraphProtos.Info));
        proto.Initializer.AddRange(numbers.Select(GraphProtos.Tensor));
        proto.Node.AddRange(nodes.Select(GraphProtos.Node));
        return proto;
    }

    private static ModelProto Model(ModelSpec spec, OnnxOptions options, GraphProto graph)
    {
        var proto = new ModelProto
        {
            IrVersion = options.Opset switch { < 15 => 7, < 19 => 8, < 21 => 9, _ => 10 },
            ProducerName = "DeepGpu",
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            DocString = options.Description ?? "",
            Graph = graph,
        };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = options.Opset });
        foreach (var (key, value) in Metadata(spec, options)) proto.MetadataProps.Add(new StringStringEntryProto
        {
            Key = key,
            Value = value
        });
        return proto;
    }

    private static IEnumerable<(string Key, string Value)> Metadata(ModelSpec spec, OnnxOptions options)
    {
        var license = options.License ?? (spec.Weights as WeightsPublished)?.Published.License;
        if (license is not null) yield return ("license", license);
        if (options.Classes.Length > 0) yield return ("classes",
            new JsonArray([.. options.Classes.Select(name => JsonValue.Create(name))]).ToJsonString());
    }

    private static DeepGpuException Refused(ModelSpec spec, List<(ModelNode Node, string Reason)> refused) => new(new Fault(
        "onnx_layer",
        "A model is written as ONNX where each of its layers has operators there,",
        $"but in '{spec.Name}' {string.Join("; ", refused.Select(r => $"'{r.Node.Name}' ({r.Node.Type}) {r.Reason}"))}.",
        "Leave the layers out, do their work before the model, or save it as .keras."));

    private static DeepGpuException TooLarge(ModelSpec spec, long bytes) => new(new Fault(
        "onnx_size",
        "A model in one ONNX file has less than 2 GiB of weights,",
        $"but '{spec.Name}' has {ByteSize.FromBytes(bytes)}.",
        "Save it as .safetensors or .keras."));
}
