using DeepGpu.Formats;
using DeepGpu.Lowering;
using TorchSharp;

namespace DeepGpu.Weights;

/// <summary>Copies a tensor of a file into a weight, some rows at a time: no second copy of a large tensor is made.</summary>
internal static class WeightCopy
{
    private const int BlockLength = 4 << 20;

    /// <summary>Fills the weight, converting order and format. File and weight were found to fit.</summary>
    public static void Copy(TensorFile file, WeightSource source, LiveWeight weight)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var target = Ordered(source, weight);
        if (target.NumberOfElements == 0) return;
        if (source.Conversion is { } conversion)
        {
            var values = Tensors.From(conversion.Read(file), weight.Tensor.device).to(weight.Tensor.dtype);
            if (source.Form == WeightForm.Keras) weight.Tensor.copy_(weight.ToTorch(values));
            else target.copy_(values.reshape(target.shape));
            return;
        }

        var gates = source.Form == WeightForm.Keras ? weight.Layout.Blocks : null;
        if (gates is null && IsAsStored(file, source, target)) Read(file, source, target);
        else if (gates is null && IsTransposed(file, source, target)) Transpose(file, source, target);
        else CopyRows(file, source, target, gates);
    }

    /// <summary>Reads a tensor to its end and keeps nothing of it.</summary>
    /// <exception cref="ModelFormatException">The file broke since it was opened.</exception>
    public static void ReadThrough(TensorFile file, TensorEntry tensor)
    {
        var step = file.HasParts(tensor) ? Math.Min(BlockLength, tensor.ByteLength) : tensor.ByteLength;
        if (step == 0) return;
        using var block = torch.empty(step, torch.ScalarType.Byte);
        if (!file.HasParts(tensor)) file.Read(tensor, block.bytes);
        else
            for (var start = 0L; start < tensor.ByteLength; start += step)
                file.ReadPart(tensor, start, block.bytes[..(int)Math.Min(step, tensor.ByteLength - start)]);
    }

    /// <summary>The weight's memory seen in the order of the file.</summary>
    private static torch.Tensor Ordered(WeightSource source, LiveWeight weight)
    {
        var tensor = weight.Tensor.detach();
        if (source.Form == WeightForm.Keras) return AtLeastVector(weight.Layout.InKerasAxes(tensor.alias()));
        var part = source.Row is { } row ? tensor[row] : tensor;
        if (source.Flattened is not { } map) return AtLeastVector(part);
        return torch.movedim(part.view([part.shape[0], .. map.Select(length => (long)length)]), -1, 1);
    }

    private static torch.Tensor AtLeastVector(torch.Tensor tensor) => tensor.dim() == 0 ? tensor.unsqueeze(0) : tensor;

    private static bool IsAsStored(TensorFile file, WeightSource source, torch.Tensor target)
        => file.HasParts(source.Tensor) && !source.IsAdded && target.is_contiguous() && target.device_type == DeviceType.CPU
            && target.dtype == Tensors.ScalarTypeOf(source.Tensor.Type);

    /// <summary>Reads straight into the weight's memory.</summary>
    private static void Read(TensorFile file, WeightSource source, torch.Tensor target)
    {
        var (rows, length) = (target.shape[0], source.Tensor.ByteLength / target.shape[0]);
        var step = Math.Max(1, (1 << 30) / length);
        for (var row = 0L; row < rows; row += step)
            file.ReadPart(source.Tensor, row * length, target.narrow(0, row, Math.Min(step, rows - row)).bytes);
    }

    /// <summary>Whether the weight's memory is the file's matrix with rows and columns exchanged:
    /// kernels of Keras in torch's order.</summary>
    private static bool IsTransposed(TensorFile file, WeightSource source, torch.Tensor target)
        => file.HasParts(source.Tensor) && target is { dtype: torch.ScalarType.Float32, device_type: DeviceType.CPU }
            && source is { IsAdded: false, Tensor: { Type: DataType.Float32, ByteLength: <= int.MaxValue } }
            && target.dim() > 1 && target.shape[^1] < int.MaxValue / 2 && torch.movedim(target, -1, 0).is_contiguous();

    private static unsafe void Transpose(TensorFile file, WeightSource source, torch.Tensor target)
    {
        var width = (int)target.shape[^1];
        var rows = (int)(target.NumberOfElements / width);
        var step = Math.Min(rows, Math.Max(32, BlockLength / (width * sizeof(float)) / 32 * 32));
        var block = torch.empty(step, width);
        fixed (byte* memory = torch.movedim(target, -1, 0).bytes, buffer = block.bytes)
        {
            for (var row = 0; row < rows; row += step)
            {
                var count = Math.Min(step, rows - row);
                file.ReadPart(source.Tensor, (long)row * width * sizeof(float), new(buffer, count * width * sizeof(float)));
                MatrixTransposition.Run((float*)buffer, count, width, (float*)memory + row, rows);
            }
        }
    }

    private static void CopyRows(TensorFile file, WeightSource source, torch.Tensor target, int[]? gates)
    {
        var (rows, length) = (target.shape[0], source.Tensor.ByteLength / target.shape[0]);
        var step = file.HasParts(source.Tensor) ? Math.Clamp(BlockLength / length, 1, rows) : rows;
        var block = torch.empty([step, .. target.shape[1..]], Tensors.ScalarTypeOf(source.Tensor.Type));
        for (var row = 0L; row < rows; row += step)
        {
            using var inner = torch.NewDisposeScope();
            var count = Math.Min(step, rows - row);
            var part = block.narrow(0, 0, count);
            if (file.HasParts(source.Tensor)) file.ReadPart(source.Tensor, row * length, part.bytes);
            else file.Read(source.Tensor, part.bytes);
            Move(part, target.narrow(0, row, count), source.IsAdded, gates);
        }
    }

    private static void Move(torch.Tensor part, torch.Tensor target, bool isAdded, int[]? gates)
    {
        if (isAdded) target.add_(part.to(target.dtype).to(target.device), Number(1));
        else if (gates is null) target.copy_(part);
        else
            foreach (var (to, from) in target.chunk(gates.Length, -1).Zip(gates.Select(gate => part.chunk(gates.Length, -1)[gate])))
                to.copy_(from);
    }
}
