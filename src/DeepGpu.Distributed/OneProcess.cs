namespace DeepGpu.Distributed;

/// <summary>A process that was started plainly: every operation is done.</summary>
internal sealed class OneProcess : ICollective
{
    public int Rank => 0;

    public int WorldSize => 1;

    public int LocalRank => 0;

    public string Engine => "one process";

    public bool TakesGpuMemory => true;

    public string HostOf(int rank) => Environment.MachineName;

    public void AllReduce(CollectiveBuffer buffer, ReduceOperation operation = ReduceOperation.Sum)
    {
    }

    public void Broadcast(CollectiveBuffer buffer, int root = 0)
    {
    }

    public unsafe void AllGather(CollectiveBuffer source, CollectiveBuffer target)
    {
        var bytes = source.Count * source.Type.ByteSize();
        Buffer.MemoryCopy((void*)source.Address, (void*)target.Address, bytes, bytes);
    }

    public void Barrier()
    {
    }

    public void Abort(int exitCode, string reason)
    {
        Console.Error.WriteLine($"DeepGpu: {reason}");
        Environment.Exit(exitCode);
    }

    public void Dispose()
    {
    }
}
