using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGpu.Distributed.Nccl;

/// <summary>NCCL, of libtorch's CUDA library or the machine's own. Operations run on stream 0, which is libtorch's, in its order.
/// See https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/api.html.</summary>
internal sealed unsafe class NcclLibrary : IDisposable
{
    /// <summary>The bytes of an id.</summary>
    public const int IdLength = 128;

    private readonly nint _library;
    private nint _communicator;

    private NcclLibrary(nint library) => _library = library;

    /// <summary>The library; null where there is none.</summary>
    public static NcclLibrary? Find()
    {
        foreach (var name in (string[])["libtorch_cuda.so", "libnccl.so.2"])
        {
            if (NativeLibrary.TryLoad(name, typeof(NcclLibrary).Assembly, null, out var library)
                && NativeLibrary.TryGetExport(library, "ncclAllReduce", out _)) return new(library);
        }

        return null;
    }

    /// <summary>Writes an id that all processes join with.</summary>
    public void NewId(byte* id) => Check("ncclGetUniqueId", ((delegate* unmanaged<byte*, int>)Function("ncclGetUniqueId"))(id));

    /// <summary>Connects this process.</summary>
    public void Join(byte* id, int rank, int size)
    {
        nint communicator = 0;
        Check("ncclCommInitRank", ((delegate* unmanaged<nint*, int, UniqueId, int, int>)Function("ncclCommInitRank"))(
            &communicator, size, *(UniqueId*)id, rank));
        _communicator = communicator;
    }

    public void AllReduce(CollectiveBuffer buffer, ReduceOperation operation) => Check("ncclAllReduce",
        ((delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int>)Function("ncclAllReduce"))(
            buffer.Address, buffer.Address, (nuint)buffer.Count, TypeOf(buffer.Type), OperationOf(operation), _communicator, 0));

    public void Broadcast(CollectiveBuffer buffer, int root) => Check("ncclBroadcast",
        ((delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int>)Function("ncclBroadcast"))(
            buffer.Address, buffer.Address, (nuint)buffer.Count, TypeOf(buffer.Type), root, _communicator, 0));

    public void AllGather(CollectiveBuffer source, CollectiveBuffer target) => Check("ncclAllGather",
        ((delegate* unmanaged<nint, nint, nuint, int, nint, nint, int>)Function("ncclAllGather"))(
            source.Address, target.Address, (nuint)source.Count, TypeOf(source.Type), _communicator, 0));

    public void Dispose()
    {
        if (_communicator != 0) _ = ((delegate* unmanaged<nint, int>)Function("ncclCommDestroy"))(_communicator);
        _communicator = 0;
    }

    /// <summary>The numbers of nccl.h.</summary>
    private static int TypeOf(DataType type) => type switch
    {
        DataType.UInt8 => 1,
        DataType.Int32 => 2,
        DataType.Int64 => 4,
        DataType.Float16 => 6,
        DataType.Float32 => 7,
        DataType.Float64 => 8,
        DataType.BFloat16 => 9,
        _ => throw new DistributionException(new("nccl_type", "NCCL carries bytes and numbers of 16 bits and more,",
            $"but receives {type}.", "Convert the numbers.")),
    };

    private static int OperationOf(ReduceOperation operation) => operation switch
    {
        ReduceOperation.Max => 2,
        ReduceOperation.Min => 3,
        _ => 0,
    };

    private static void Check(string call, int result)
    {
        if (result != 0) throw new DistributionException(new("nccl", "Operations between GPUs must succeed,",
            FormattableString.Invariant($"but {call} returns {result}."), "Set NCCL_DEBUG=INFO and read what NCCL writes."));
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>An id, which is passed by value.</summary>
    [InlineArray(IdLength)]
    private struct UniqueId
    {
        private byte _first;
    }
}
