using DeepGpu.Data;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Batches and sums of one process among several.</summary>
internal static class GroupSums
{
    private const int ShapeLength = 9;

    /// <summary>This process's part of a batch; one that has no sample of it gets the first, which counts nothing.</summary>
    public static (TensorBatch Part, bool IsIdle) PartOf(this ReplicaGroup group, TensorBatch batch)
    {
        var (start, count) = group.PartOf(batch.Size);
        return count == 0 ? (batch.Narrow(0, 1), true) : (batch.Narrow(start, count), false);
    }

    /// <summary>The sums of metrics over all processes, in the caller's scope.</summary>
    public static IReadOnlyList<IReadOnlyList<torch.Tensor>> Summed(this ReplicaGroup group,
        IReadOnlyList<IReadOnlyList<torch.Tensor>> states)
    {
        using var noGradient = torch.no_grad();
        var copies = states.Select(state => state.Select(sum => sum.clone()).ToList()).ToList();
        Align(group, copies);
        group.Sum(copies.SelectMany(state => state));
        return copies;
    }

    /// <summary>Moves the sums of all processes to the first one: together they are what they were.</summary>
    public static void GatherIn(this ReplicaGroup group, TrainingSession session)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (own, all) = (session.Compiled.Metrics.Select(metric => metric.State).ToList(), new List<IReadOnlyList<torch.Tensor>>());
        all.AddRange(group.Summed([.. own.Select(state => state.Sums), [session.Logs.Sums]]));
        for (var i = 0; i < own.Count; i++)
            foreach (var (sum, total) in own[i].Sums.Zip(all[i])) sum.set_(total.clone());
        session.Logs.Sums.copy_(all[^1][0]);
        session.Logs.Samples = (long)group.Total(session.Logs.Samples)[0];
        group.Forget(session);
    }

    /// <summary>Sets the sums of all processes but the first to 0.</summary>
    public static void Forget(this ReplicaGroup group, TrainingSession session)
    {
        if (group.IsFirst) return;
        foreach (var sum in session.Compiled.Metrics.SelectMany(metric => metric.State.Sums).Append(session.Logs.Sums)) sum.zero_();
        session.Logs.Samples = 0;
    }

    /// <summary>Gives sums that have seen nothing the shape of the first process's.</summary>
    private static void Align(ReplicaGroup group, List<List<torch.Tensor>> states)
    {
        var shapes = group.FromFirst([.. states.SelectMany(state => state).SelectMany(Described)]);
        var place = 0;
        foreach (var state in states)
        {
            for (var i = 0; i < state.Count; i++, place += ShapeLength)
            {
                if (state[i].NumberOfElements > 0) continue;
                long[] shape = [.. shapes.Skip(place + 1).Take((int)shapes[place])];
                state[i] = torch.zeros(shape, state[i].dtype, state[i].device);
            }
        }
    }

    private static IEnumerable<long> Described(torch.Tensor sum)
        => [sum.dim(), .. sum.shape, .. Enumerable.Repeat(0L, ShapeLength - 1 - (int)sum.dim())];
}
