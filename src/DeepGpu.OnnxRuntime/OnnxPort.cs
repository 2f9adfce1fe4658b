using DeepGpu.Models;
using DeepGpu.Models.Values;
using DeepGpu.Onnx.Files;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DeepGpu.OnnxRuntime;

/// <summary>An input or output of a session.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="ElementType">The same as ONNX Runtime names it.</param>
/// <param name="Shape">Its shape; open lengths are null.</param>
internal sealed record OnnxPort(string Name, DataType Type, TensorElementType ElementType, Shape Shape)
{
    public static OnnxPort Of(string name, NodeMetadata metadata)
    {
        if (!metadata.IsTensor || TypeOf(metadata.ElementDataType) is not { } type) throw NoTensor(name, metadata);
        return new(name, type, metadata.ElementDataType, new(metadata.Dimensions.Select(length => length < 0 ? (int?)null : length)));
    }

    /// <summary>The element type in this library; ONNX Runtime numbers types as ONNX does.</summary>
    public static DataType? TypeOf(TensorElementType type) => TensorTypes.Of((int)type);

    /// <summary>An array as this input takes it.</summary>
    public NDArray Taken(NDArray array)
    {
        if (array.Type == Type) return array;
        var numbers = ElementNumbers.Of(array);
        int[] shape = [.. array.Shape];
        return Type switch
        {
            DataType.Float32 => NDArray.From<float>(Array.ConvertAll(numbers, number => (float)number), shape),
            DataType.Float64 => NDArray.From<double>(numbers, shape),
            DataType.Float16 => NDArray.From<Half>(Array.ConvertAll(numbers, number => (Half)number), shape),
            DataType.Int64 => NDArray.From<long>(Array.ConvertAll(numbers, number => (long)number), shape),
            DataType.Int32 => NDArray.From<int>(Array.ConvertAll(numbers, number => (int)number), shape),
            DataType.UInt8 => NDArray.From<byte>(Array.ConvertAll(numbers, number => (byte)number), shape),
            DataType.Int8 => NDArray.From<sbyte>(Array.ConvertAll(numbers, number => (sbyte)number), shape),
            DataType.Bool => NDArray.From<bool>(Array.ConvertAll(numbers, number => number != 0), shape),
            _ => throw Require.OutOfRange(nameof(OnnxPredictor), "inputs", $"an array of {Type} for '{Name}'", array.Type),
        };
    }

    /// <summary>Throws unless an array has this input's axes.</summary>
    /// <param name="inputs">The array.</param>
    /// <param name="first">The first axis whose length is compared.</param>
    public void Check(NDArray inputs, int first)
    {
        if (!IsAlike(inputs, first)) throw new DeepGpuArgumentException(new(
            "input_shape",
            $"Input '{Name}' has shape {Shape},",
            $"but receives ({string.Join(", ", inputs.Shape)}).",
            "Pass arrays with an axis of samples first."), nameof(inputs));
    }

    private bool IsAlike(NDArray array, int first)
    {
        if (array.Rank != Shape.Rank) return false;
        for (var axis = first; axis < array.Rank; axis++)
        {
            if (Shape[axis] is { } length && length != array.Shape[axis]) return false;
        }

        return true;
    }

    private static ModelFormatException NoTensor(string name, NodeMetadata metadata) => new(new(
        "onnx_value",
        "A predictor takes and gives arrays of numbers,",
        $"but '{PrintableText.Of(name)}' is of {(metadata.IsTensor ? $"{metadata.ElementDataType}" : $"{metadata.OnnxValueType}")}.",
        "Cut the model before it."));
}
