using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.Testing;

/// <summary>Writes an ONNX file for a test, node by node. Weights are drawn from their names, the same each time.</summary>
public sealed class OnnxSample
{
    private readonly ModelProto _model;

    /// <summary>Starts a file of a version of ONNX's operators.</summary>
    public OnnxSample(int version = 17)
        => _model = new()
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = version } },
            Graph = new() { Name = "sample" },
        };

    /// <summary>The file's bytes.</summary>
    public byte[] Bytes => _model.ToByteArray();

    internal ModelProto Model => _model;

    /// <summary>A float input; a length is a number or, where it is open, a name.</summary>
    public OnnxSample Input(string name, params object[] lengths) => Input(name, 1, lengths);

    /// <summary>An input of 64-bit whole numbers.</summary>
    public OnnxSample WholeInput(string name, params object[] lengths) => Input(name, 7, lengths);

    /// <summary>An output, of which nothing is said.</summary>
    public OnnxSample Output(string name) => With(() => _model.Graph.Output.Add(new ValueInfoProto { Name = name }));

    /// <summary>What the file says of a value.</summary>
    public OnnxSample Says(string name, params object[] lengths) => With(() => _model.Graph.ValueInfo.Add(Value(name, 1, lengths)));

    /// <summary>A weight of small numbers around 0.</summary>
    public OnnxSample Weight(string name, params int[] lengths) => Weight(name, Numbers(name, lengths, 0), lengths);

    /// <summary>A weight of numbers from 0.5 to 1.5: a variance.</summary>
    public OnnxSample Positive(string name, params int[] lengths) => Weight(name, Numbers(name, lengths, 1), lengths);

    /// <summary>A weight of given numbers.</summary>
    public OnnxSample Weight(string name, float[] numbers, params int[] lengths)
        => With(() => _model.Graph.Initializer.Add(Tensor(name, 1, lengths, tensor => tensor.FloatData.AddRange(numbers))));

    /// <summary>Whole numbers in the list of weights: shapes, axes.</summary>
    public OnnxSample Whole(string name, params long[] numbers)
        => With(() => _model.Graph.Initializer.Add(Tensor(name, 7, [numbers.Length], tensor => tensor.Int64Data.AddRange(numbers))));

    /// <summary>Weights of 8 bits, all 1.</summary>
    public OnnxSample Codes(string name, params int[] lengths) => With(() => _model.Graph.Initializer.Add(Tensor(name, 3, lengths,
        tensor => tensor.RawData = ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, lengths.Aggregate(1, (a, b) => a * b))]))));

    /// <summary>One number of 8 bits without an axis: 0.</summary>
    public OnnxSample Code(string name) => With(() => _model.Graph.Initializer.Add(Tensor(name, 3, [], tensor => tensor.Int32Data.Add(0))));

    /// <summary>One whole number without an axis.</summary>
    public OnnxSample Single(string name, long number)
        => With(() => _model.Graph.Initializer.Add(Tensor(name, 7, [], tensor => tensor.Int64Data.Add(number))));

    /// <summary>A node of ONNX's own operators; "" in inputs and outputs stands for one that is left out.</summary>
    /// <param name="type">The operator; one with a domain is written "domain:operator".</param>
    /// <param name="inputs">What it reads, with spaces between.</param>
    /// <param name="outputs">What it writes, with spaces between; "_" stands for one that is left out.</param>
    /// <param name="attributes">Its options.</param>
    public OnnxSample Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
        => With(() => _model.Graph.Node.Add(NodeOf(type, inputs, outputs, attributes)));

    /// <summary>Writes the file into a folder.</summary>
    /// <returns>Its path.</returns>
    public string Save(string folder, string name = "sample.onnx")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Bytes);
        return path;
    }

    internal static NodeProto NodeOf(string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var parts = type.Split(':');
        var node = new NodeProto { OpType = parts[^1], Domain = parts.Length > 1 ? parts[0] : "", Name = outputs.Split(' ')[0] + "_node" };
        node.Input.AddRange(Names(inputs));
        node.Output.AddRange(Names(outputs));
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        return node;
    }

    internal static TensorProto Tensor(string name, int type, int[] lengths, Action<TensorProto> fill)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        tensor.Dims.AddRange(lengths.Select(length => (long)length));
        fill(tensor);
        return tensor;
    }

    private static IEnumerable<string> Names(string names)
        => names.Length == 0 ? [] : names.Split(' ').Select(name => name == "_" ? "" : name);

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int whole: (attribute.I, attribute.Type) = (whole, AttributeProto.Types.AttributeType.Int); break;
            case double number: (attribute.F, attribute.Type) = ((float)number, AttributeProto.Types.AttributeType.Float); break;
            case string text:
                (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text),
                AttributeProto.Types.AttributeType.String); break;
            case GraphProto graph: (attribute.G, attribute.Type) = (graph, AttributeProto.Types.AttributeType.Graph); break;
            case TensorProto tensor: (attribute.T, attribute.Type) = (tensor, AttributeProto.Types.AttributeType.Tensor); break;
            case string[] texts:
                attribute.Type = AttributeProto.Types.AttributeType.Strings;
                attribute.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8));
                break;
            case float[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Floats;
                attribute.Floats.AddRange(numbers);
                break;
            default:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(((int[])value).Select(whole => (long)whole));
                break;
        }

        return attribute;
    }

    private static float[] Numbers(string name, int[] lengths, float middle)
    {
        var random = new Random(name.Aggregate(17, (hash, c) => unchecked(hash * 31 + c)));
        var count = lengths.Aggregate(1, (product, length) => product * length);
        return [.. Enumerable.Range(0, count).Select(_ => middle + (random.NextSingle() - 0.5f) * (middle > 0 ? 1 : 0.6f))];
    }

    private OnnxSample Input(string name, int type, object[] lengths) => With(() => _model.Graph.Input.Add(Value(name, type, lengths)));

    private static ValueInfoProto Value(string name, int type, object[] lengths)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(lengths.Select(length => length is int known
            ? new TensorShapeProto.Types.Dimension { DimValue = known }
            : new TensorShapeProto.Types.Dimension { DimParam = (string)length }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = type, Shape = shape } } };
    }

    private OnnxSample With(Action change)
    {
        change();
        return this;
    }
}
