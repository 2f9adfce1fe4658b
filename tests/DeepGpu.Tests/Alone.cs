namespace DeepGpu.Tests;

/// <summary>One process that trains by itself.</summary>
internal sealed class Alone : ICollective
{
    public int Rank => 0;

    public int WorldSize => 1;

    public int LocalRank => 0;

    public string Engine => "none";

    public bool TakesGpuMemory => true;

    public string HostOf(int rank) => "here";

    public void AllReduce(CollectiveBuffer buffer, ReduceOperation operation = ReduceOperation.Sum)
    {
    }

    public void Broadcast(CollectiveBuffer buffer, int root = 0)
    {
    }

    public void AllGather(CollectiveBuffer source, CollectiveBuffer target) => throw new NotSupportedException();

    public void Barrier()
    {
    }

    public void Abort(int exitCode, string reason) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
