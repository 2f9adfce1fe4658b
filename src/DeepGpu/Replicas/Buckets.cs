using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepGpu.Replicas;

/// <summary>Tensors side by side in buckets, so that one operation carries many.</summary>
internal static class Buckets
{
    /// <summary>The tensors in their order, in groups of one format and device that hold about as many bytes.</summary>
    public static IEnumerable<List<torch.Tensor>> Of(IEnumerable<torch.Tensor> tensors, long bytes)
    {
        var bucket = new List<torch.Tensor>();
        var size = 0L;
        foreach (var tensor in tensors.Where(tensor => tensor.NumberOfElements > 0))
        {
            if (bucket.Count > 0 && (size >= bytes || bucket[0].dtype != tensor.dtype || !bucket[0].device.Equals(tensor.device)))
            {
                yield return bucket;
                (bucket, size) = ([], 0);
            }

            bucket.Add(tensor);
            size += tensor.NumberOfElements * tensor.ElementSize;
        }

        if (bucket.Count > 0) yield return bucket;
    }

    /// <summary>Runs operations on one flat copy of a bucket, and copies what became of it back.</summary>
    /// <param name="bucket">Tensors of one format and device.</param>
    /// <param name="collective">Who takes GPU memory or not.</param>
    /// <param name="asBytes">Whether elements are only carried, not computed with.</param>
    /// <param name="bytes">The most bytes of one operation.</param>
    /// <param name="run">The operation.</param>
    public static void Run(List<torch.Tensor> bucket, ICollective collective, bool asBytes, long bytes, Action<CollectiveBuffer> run)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var flat = Flat(bucket, collective, asBytes);
        var piece = Math.Max(1, Math.Min(bytes, int.MaxValue) / flat.ElementSize);
        for (var start = 0L; start < flat.NumberOfElements; start += piece)
            run(BufferOf(flat.narrow(0, start, Math.Min(piece, flat.NumberOfElements - start)), asBytes));
        var place = 0L;
        foreach (var tensor in bucket)
        {
            tensor.copy_(flat.narrow(0, place, tensor.NumberOfElements).reshape(tensor.shape));
            place += tensor.NumberOfElements;
        }
    }

    /// <summary>Half precision is summed in single precision.</summary>
    private static torch.Tensor Flat(List<torch.Tensor> bucket, ICollective collective, bool asBytes)
    {
        var flat = bucket.Count == 1 ? bucket[0].reshape(-1).clone() : torch.cat([.. bucket.Select(tensor => tensor.reshape(-1))]);
        if (!asBytes && flat.dtype is torch.ScalarType.Float16 or torch.ScalarType.BFloat16) flat = flat.to(torch.ScalarType.Float32);
        return collective.TakesGpuMemory ? flat : flat.cpu();
    }

    private static CollectiveBuffer BufferOf(torch.Tensor flat, bool asBytes)
    {
        var isOnGpu = flat.device_type == DeviceType.CUDA;
        var address = isOnGpu ? TensorMemory.Address(flat.Handle) : AddressOf(flat.bytes);
        return asBytes
            ? new(address, flat.NumberOfElements * flat.ElementSize, DataType.UInt8, isOnGpu)
            : new(address, flat.NumberOfElements, TypeOf(flat.dtype), isOnGpu);
    }

    private static DataType TypeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => DataType.Float32,
        torch.ScalarType.Float64 => DataType.Float64,
        torch.ScalarType.Int32 => DataType.Int32,
        torch.ScalarType.Int64 => DataType.Int64,
        _ => throw new ModelStateException(new("reduced_type", "Processes add up numbers of 32 or 64 bits,", $"but receive {type}.",
            "Train the model with one process.")),
    };

    /// <summary>torch's memory does not move.</summary>
    private static unsafe nint AddressOf(Span<byte> bytes) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(
        ref MemoryMarshal.GetReference(bytes));

    private static class TensorMemory
    {
        /// <summary>Where a tensor's values lie, which TorchSharp tells of the host's memory only.</summary>
        [DllImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint Address(nint tensor);
    }
}
