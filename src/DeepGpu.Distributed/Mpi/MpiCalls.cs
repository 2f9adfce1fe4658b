namespace DeepGpu.Distributed.Mpi;

/// <summary>The functions of MPI that are used, as mpi.h declares them. Handles are as wide as a pointer: those of the MPICH family are in
/// its lower half.</summary>
internal sealed unsafe class MpiCalls(MpiLibrary library)
{
    private readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, int> _allReduce =
        (delegate* unmanaged<nint, nint, int, nint, nint, nint, int>)library.Function("MPI_Allreduce");
    private readonly delegate* unmanaged<nint, int, nint, int, nint, int> _broadcast =
        (delegate* unmanaged<nint, int, nint, int, nint, int>)library.Function("MPI_Bcast");
    private readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int> _allGather =
        (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)library.Function("MPI_Allgather");

    public MpiLibrary Library => library;

    /// <summary>Begins, for any thread. Returns how many threads may call: 3 for any at any time.</summary>
    public int Begin()
    {
        int granted;
        _ = ((delegate* unmanaged<nint, nint, int, int*, int>)library.Function("MPI_Init_thread"))(0, 0, 3, &granted);
        return granted;
    }

    public void End() => ((delegate* unmanaged<int>)library.Function("MPI_Finalize"))();

    public void Abort(int code) => ((delegate* unmanaged<nint, int, int>)library.Function("MPI_Abort"))(library.World, code);

    public int Size() => OfWorld("MPI_Comm_size");

    public int Rank() => OfWorld("MPI_Comm_rank");

    /// <summary>The same processes, apart from other messages.</summary>
    public nint Duplicate()
    {
        nint copy = 0;
        _ = ((delegate* unmanaged<nint, nint*, int>)library.Function("MPI_Comm_dup"))(library.World, &copy);
        return copy;
    }

    public void AllReduce(CollectiveBuffer buffer, ReduceOperation operation) => _ = _allReduce(library.InPlace, buffer.Address,
        checked((int)buffer.Count), library.TypeOf(buffer.Type), library.OperationOf(operation), library.World);

    public void Broadcast(CollectiveBuffer buffer, int root)
        => _ = _broadcast(buffer.Address, checked((int)buffer.Count), library.TypeOf(buffer.Type), root, library.World);

    public void AllGather(CollectiveBuffer source, CollectiveBuffer target) => _ = _allGather(source.Address, checked((int)source.Count),
        library.TypeOf(source.Type), target.Address, checked((int)source.Count), library.TypeOf(target.Type), library.World);

    public void Barrier() => _ = ((delegate* unmanaged<nint, int>)library.Function("MPI_Barrier"))(library.World);

    /// <summary>Sends a number without waiting. The number stays where it is.</summary>
    public void Send(long* number, int to, nint communicator)
    {
        nint request = 0;
        _ = ((delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)library.Function("MPI_Isend"))(
            (nint)number, 1, library.TypeOf(DataType.Int64), to, 0, communicator, &request);
        _ = ((delegate* unmanaged<nint*, int>)library.Function("MPI_Request_free"))(&request);
    }

    /// <summary>A number that a process has sent; null where none lies here.</summary>
    public long? Receive(int from, nint communicator)
    {
        int isThere;
        long number;
        _ = ((delegate* unmanaged<int, int, nint, int*, nint, int>)library.Function("MPI_Iprobe"))(
            from, 0, communicator, &isThere, library.IgnoredStatus);
        if (isThere == 0) return null;
        _ = ((delegate* unmanaged<nint, int, nint, int, int, nint, nint, int>)library.Function("MPI_Recv"))(
            (nint)(&number), 1, library.TypeOf(DataType.Int64), from, 0, communicator, library.IgnoredStatus);
        return number;
    }

    private int OfWorld(string function)
    {
        int value;
        _ = ((delegate* unmanaged<nint, int*, int>)library.Function(function))(library.World, &value);
        return value;
    }
}
