using DeepGpu.Onnx.Files;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.Models.Onnx;

/// <summary>What a node "Constant" states, as a tensor.</summary>
internal static class ConstantTensor
{
    /// <summary>The tensor; null for a sparse one or one without a value.</summary>
    public static TensorProto? Of(GraphNode node)
    {
        foreach (var (name, attribute) in node.Attributes)
        {
            if (Of(name, attribute) is not { } tensor) continue;
            tensor.Name = node.Outputs[0];
            return tensor;
        }

        return null;
    }

    /// <summary>A whole number that stands for an input.</summary>
    public static TensorProto Of(string name, long value, IReadOnlyList<long> dims, int type)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        tensor.Dims.AddRange(dims);
        if (type == TensorTypes.Int64) tensor.Int64Data.Add(value);
        else tensor.Int32Data.Add(checked((int)value));
        return tensor;
    }

    private static TensorProto? Of(string name, AttributeProto attribute) => name switch
    {
        "value" when attribute.T is not null => attribute.T.Clone(),
        "value_float" => new() { DataType = TensorTypes.Float32, FloatData = { attribute.F } },
        "value_int" => new() { DataType = TensorTypes.Int64, Int64Data = { attribute.I } },
        "value_string" => new() { DataType = TensorTypes.Text, StringData = { attribute.S } },
        "value_floats" => new() { DataType = TensorTypes.Float32, FloatData = { attribute.Floats }, Dims = { attribute.Floats.Count } },
        "value_ints" => new() { DataType = TensorTypes.Int64, Int64Data = { attribute.Ints }, Dims = { attribute.Ints.Count } },
        "value_strings" => new()
        {
            DataType = TensorTypes.Text,
            StringData = { attribute.Strings.Select(text => text ?? ByteString.Empty) },
            Dims = { attribute.Strings.Count },
        },
        _ => null,
    };
}
