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
        CheckSize(tensor, tensor.dim() == 0 ? 1 : tensor.shape[0]);
        using var plain = tensor.detach().cpu().contiguous();
        return new(DataTypeOf(plain.dtype), [.. plain.shape.Select(length => checked((int)length))], plain.bytes.ToArray());
    }

    /// <summary>A new array with the elements of tensors that follow one another on the first axis.</summary>
    public static NDArray Joined(IReadOnlyList<torch.Tensor> tensors)
    {
        if (tensors.Count == 1) return ToArray(tensors[0]);
        var (bytes, rows) = (new byte[tensors.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize)], 0L);
        var row = bytes.Length / (int)tensors.Sum(tensor => tensor.shape[0]);
        foreach (var tensor in tensors)
        {
            using var plain = tensor.detach().cpu().contiguous();
            plain.bytes.CopyTo(bytes.AsSpan((int)(rows * row)));
            rows += tensor.shape[0];
        }

        return new(DataTypeOf(tensors[0].dtype), [(int)rows, .. tensors[0].shape.Skip(1).Select(length => (int)length)], bytes);
    }

    /// <summary>Checks that an array of some rows like a tensor's can be had.</summary>
    /// <exception cref="OutOfGpuMemoryException">It would be larger than an array may be.</exception>
    public static void CheckSize(torch.Tensor like, long rows)
    {
        var bytes = (double)like.NumberOfElements * like.ElementSize * (like.dim() == 0 ? 1 : rows / (double)Math.Max(like.shape[0], 1));
        if (bytes > Array.MaxLength) throw OutOfMemory.InArray((long)bytes,
            ShapeText.Of(like.dim() == 0 ? [] : [rows, .. like.shape.Skip(1)]));
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
