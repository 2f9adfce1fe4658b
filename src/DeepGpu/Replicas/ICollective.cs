namespace DeepGpu;

/// <summary>What the processes that train one model together do with each other: the operations of MPI and NCCL.</summary>
/// <remarks>Every process calls the same operations in the same order; each returns when its result is there, or ends all processes.
/// The package DeepGpu.Distributed implements it. MPI: https://www.mpi-forum.org/docs/.</remarks>
public interface ICollective : IDisposable
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    int WorldSize { get; }

    /// <summary>The number of this process among those of its machine, from 0.</summary>
    int LocalRank { get; }

    /// <summary>What carries the operations, for example "Open MPI 4.1.4"; "one process" where there is only one.</summary>
    string Engine { get; }

    /// <summary>Whether operations take memory of a GPU; else it is copied to the host's first.</summary>
    bool TakesGpuMemory { get; }

    /// <summary>The name of the machine that a process runs on.</summary>
    /// <param name="rank">The process, from 0.</param>
    string HostOf(int rank);

    /// <summary>Makes the buffers of all processes what they are together, element by element.</summary>
    /// <param name="buffer">As many elements, of the same format, in every process.</param>
    /// <param name="operation">How two elements become one. Default their sum.</param>
    void AllReduce(CollectiveBuffer buffer, ReduceOperation operation = ReduceOperation.Sum);

    /// <summary>Makes the buffers of all processes what that of one is.</summary>
    /// <param name="buffer">As many elements, of the same format, in every process.</param>
    /// <param name="root">The process whose values count. Default 0.</param>
    void Broadcast(CollectiveBuffer buffer, int root = 0);

    /// <summary>Gives every process the buffers of all, in the order of their ranks.</summary>
    /// <param name="source">This process's part.</param>
    /// <param name="target">Room for as many elements times the number of processes.</param>
    void AllGather(CollectiveBuffer source, CollectiveBuffer target);

    /// <summary>Waits until every process has called it.</summary>
    void Barrier();

    /// <summary>Ends every process, with a message of this one's rank and host. Does not return.</summary>
    /// <param name="exitCode">The exit code of the job, not 0.</param>
    /// <param name="reason">Why.</param>
    void Abort(int exitCode, string reason);
}

/// <summary>How two elements become one.</summary>
public enum ReduceOperation
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The smaller one.</summary>
    Min,

    /// <summary>The larger one.</summary>
    Max,
}
