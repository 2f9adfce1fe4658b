using System.Text;
using TorchSharp;

namespace DeepGpu.Replicas;

/// <summary>This process among those that train one model: what the loop asks of the others.</summary>
internal sealed class ReplicaGroup(DataParallel options)
{
    private readonly ICollective _collective = options.Collective;

    /// <summary>The group of a distribution; null where there is one process.</summary>
    public static ReplicaGroup? Of(DataParallel? options) => options is { Collective.WorldSize: > 1 } ? new(options) : null;

    public int Rank => _collective.Rank;

    public int Count => _collective.WorldSize;

    /// <summary>Whether it is the one that writes files and reports.</summary>
    public bool IsFirst => Rank == 0;

    public bool SynchronizesStatistics => options.SynchronizedBatchNormalization;

    /// <summary>Which samples of a batch are this process's; the first processes have one more where there is a rest.</summary>
    public (int Start, int Count) PartOf(int size)
    {
        var (each, rest) = (size / Count, size % Count);
        return (Rank * each + Math.Min(Rank, rest), each + (Rank < rest ? 1 : 0));
    }

    /// <summary>Makes each tensor the sum of those of all processes, in place.</summary>
    public void Sum(IEnumerable<torch.Tensor> tensors)
    {
        foreach (var bucket in Buckets.Of(tensors, options.BucketBytes))
            Buckets.Run(bucket, _collective, asBytes: false, options.BucketBytes, buffer => _collective.AllReduce(buffer));
    }

    /// <summary>The sum of all processes' tensors, in the caller's scope.</summary>
    public torch.Tensor Sum(torch.Tensor tensor)
    {
        var sum = tensor.detach().clone();
        Sum([sum]);
        return sum;
    }

    /// <summary>Makes each tensor that of the first process, to the last bit.</summary>
    public void FromFirst(IEnumerable<torch.Tensor> tensors)
    {
        foreach (var bucket in Buckets.Of(tensors, options.BucketBytes))
            Buckets.Run(bucket, _collective, asBytes: true, options.BucketBytes, buffer => _collective.Broadcast(buffer));
    }

    /// <summary>The sum over all processes of each number.</summary>
    public double[] Total(params double[] numbers)
    {
        With(numbers, DataType.Float64, buffer => _collective.AllReduce(buffer));
        return numbers;
    }

    /// <summary>The first process's numbers.</summary>
    public long[] FromFirst(params long[] numbers)
    {
        With(numbers, DataType.Int64, buffer => _collective.Broadcast(buffer));
        return numbers;
    }

    /// <summary>The first process's text; null where that is null.</summary>
    public string? FromFirst(string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        var length = FromFirst(text is null ? -1 : (long)bytes.Length)[0];
        if (length <= 0) return length < 0 ? null : "";
        Array.Resize(ref bytes, (int)length);
        With(bytes, DataType.UInt8, buffer => _collective.Broadcast(buffer));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The numbers of all processes, one process after another.</summary>
    public long[] Gather(params long[] numbers)
    {
        var all = new long[numbers.Length * Count];
        With(numbers, DataType.Int64, source => With(all, DataType.Int64, target => _collective.AllGather(source, target)));
        return all;
    }

    /// <summary>Waits for the others.</summary>
    public void Wait() => _collective.Barrier();

    /// <summary>Ends all processes after an error of this one, which the others cannot know of.</summary>
    public void Fail(Exception error) => _collective.Abort(1, $"{error.GetType().Name}: {error.Message}");

    /// <summary>A process by its number and machine.</summary>
    public string NameOf(int rank) => $"rank {rank} on {_collective.HostOf(rank)}";

    private static unsafe void With<T>(T[] values, DataType type, Action<CollectiveBuffer> run)
        where T : unmanaged
    {
        fixed (T* first = values) run(new((nint)first, values.Length, type));
    }
}
