using TorchSharp;

namespace DeepGpu;

/// <summary>Copies between arrays in ordinary memory and torch tensors.</summary>
internal static class Tensors
{
    /// <summary>A new tensor with an array's elements.</summary>
    public static torch.Tensor From(NDArray array, torch.Device device)
    {
        var tensor = torch.empty([.. array.Shape.Select(length => (long)length)], ScalarTypeOf(array.Type));
        array.Bytes.Span.CopyTo(tensor.bytes);
        return device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
    }

    /// <summary>A new array with a tensor's elements, in the order of its shape.</summary>
    public static NDArray ToArray(torch.Tensor tensor)
    {
        using var plain = tensor.detach().cpu().contiguous();
        return new(DataTypeOf(plain.dtype), [.. plain.shape.Select(length => checked((int)length))], plain.bytes.ToArray());
    }

    public static torch.ScalarType ScalarTypeOf(DataType type) => type switch
    {
        DataType.Bool => torch.ScalarType.Bool,
        DataType.UInt8 => torch.ScalarType.Byte,
        DataType.Int8 => torch.ScalarType.Int8,
        DataType.Int16 => torch.ScalarType.Int16,
        DataType.Int32 => torch.ScalarType.Int32,
        DataType.Int64 => torch.ScalarType.Int64,
        DataType.Float16 => torch.ScalarType.Float16,
        DataType.BFloat16 => torch.ScalarType.BFloat16,
        DataType.Float32 => torch.ScalarType.Float32,
        DataType.Float64 => torch.ScalarType.Float64,
        _ => throw Require.OutOfRange("Tensor", nameof(type), "a type torch computes with", type),
    };

    private static DataType DataTypeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Bool => DataType.Bool,
        torch.ScalarType.Byte => DataType.UInt8,
        torch.ScalarType.Int8 => DataType.Int8,
        torch.ScalarType.Int16 => DataType.Int16,
        torch.ScalarType.Int32 => DataType.Int32,
        torch.ScalarType.Int64 => DataType.Int64,
        torch.ScalarType.Float16 => DataType.Float16,
        torch.ScalarType.BFloat16 => DataType.BFloat16,
        torch.ScalarType.Float64 => DataType.Float64,
        _ => DataType.Float32,
    };
}
