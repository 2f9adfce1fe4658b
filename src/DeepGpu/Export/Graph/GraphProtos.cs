using DeepGpu.Onnx.Files;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;
using Kinds = DeepGpu.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace DeepGpu.Export;

/// <summary>Parts of a graph in ONNX's published schema.</summary>
internal static class GraphProtos
{
    public static NodeProto Node(GraphNode node)
    {
        var proto = new NodeProto { Name = node.Name, OpType = node.Operator };
        proto.Input.AddRange(node.Inputs.Select(input => input?.Name ?? "").Reverse().SkipWhile(name => name.Length == 0).Reverse());
        proto.Output.AddRange(node.Outputs.Select(output => output?.Name ?? ""));
        proto.Attribute.AddRange(node.Attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        return proto;
    }

    public static TensorProto Tensor(GraphValue value)
    {
        var proto = new TensorProto
        {
            Name = value.Name,
            DataType = TensorTypes.NumberOf(value.Type),
            RawData = UnsafeByteOperations.UnsafeWrap(value.Constant!.Bytes),
        };
        proto.Dims.AddRange(value.Constant.Shape.Select(length => (long)length));
        return proto;
    }

    /// <summary>A value with its type and shape; an open first axis is the batch.</summary>
    public static ValueInfoProto Info(GraphValue value)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(value.Shape.Axes.Select((length, axis) => length is { } n
            ? new TensorShapeProto.Types.Dimension { DimValue = n }
            : new TensorShapeProto.Types.Dimension { DimParam = axis == 0 ? "batch" : $"{value.Name}/axis_{axis}" }));
        var type = new TypeProto.Types.Tensor { ElemType = TensorTypes.NumberOf(value.Type), Shape = shape };
        return new() { Name = value.Name, Type = new() { TensorType = type } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case long number: (proto.Type, proto.I) = (Kinds.Int, number); break;
            case float number: (proto.Type, proto.F) = (Kinds.Float, number); break;
            case string text: (proto.Type, proto.S) = (Kinds.String, ByteString.CopyFromUtf8(text)); break;
            case long[] numbers: (proto.Type, _) = (Kinds.Ints, Filled(proto.Ints, numbers)); break;
            case float[] numbers: (proto.Type, _) = (Kinds.Floats, Filled(proto.Floats, numbers)); break;
            case string[] texts:
                (proto.Type, _) = (Kinds.Strings, Filled(proto.Strings, texts.Select(ByteString.CopyFromUtf8)));
                break;
            default: (proto.Type, proto.G) = (Kinds.Graph, Body((GraphBody)value)); break;
        }

        return proto;
    }

    private static bool Filled<T>(ICollection<T> list, IEnumerable<T> items)
    {
        foreach (var item in items) list.Add(item);
        return true;
    }

    private static GraphProto Body(GraphBody body)
    {
        var proto = new GraphProto { Name = body.Name };
        proto.Input.AddRange(body.Inputs.Select(Info));
        proto.Output.AddRange(body.Outputs.Select(Info));
        proto.Node.AddRange(body.Nodes.Select(Node));
        return proto;
    }
}
