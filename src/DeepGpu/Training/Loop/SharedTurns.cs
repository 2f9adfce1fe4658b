using DeepGpu.Replicas;

namespace DeepGpu.Training;

/// <summary>Decisions that all processes must take alike: whether there is another batch, and whether to end.</summary>
internal sealed class SharedTurns(ReplicaGroup group, TrainingSession session, CancellationToken cancellation)
{
    /// <summary>Whether all go on with a batch: nobody ends, and everybody has one of the same size.</summary>
    /// <param name="size">The samples of this process's; 0 where its data has ended.</param>
    /// <exception cref="OperationCanceledException">Somewhere training was cancelled.</exception>
    /// <exception cref="DistributionException">The data of one process ends before the others' does.</exception>
    public bool GoesOn(int size)
    {
        var all = group.Gather(cancellation.IsCancellationRequested ? 1 : 0, session.StopReason is null ? 0 : 1, size);
        if (Any(all, 0) >= 0) throw new OperationCanceledException(cancellation);
        if (Stops(Any(all, 1))) return false;
        for (var rank = 1; rank < group.Count; rank++)
            if (all[rank * 3 + 2] != all[2]) throw Differs(rank, all[rank * 3 + 2], all[2]);
        return size > 0;
    }

    /// <summary>Whether somebody ends training.</summary>
    public bool IsStopping()
    {
        var all = group.Gather(0, session.StopReason is null ? 0 : 1, 0);
        return Stops(Any(all, 1));
    }

    private bool Stops(int rank)
    {
        if (rank >= 0) session.StopReason ??= $"{group.NameOf(rank)} ended training.";
        return rank >= 0;
    }

    /// <summary>The first process whose entry is not 0; -1 for none.</summary>
    private int Any(long[] all, int entry)
    {
        for (var rank = 0; rank < group.Count; rank++)
            if (all[rank * 3 + entry] != 0) return rank;
        return -1;
    }

    private DistributionException Differs(int rank, long theirs, long first) => new(new(
        "ranks_differ",
        "Every process needs the same data,",
        FormattableString.Invariant($"but in step {session.Batch + 1}, {group.NameOf(rank)} has {theirs}, {group.NameOf(0)} {first}."),
        "Start the same program with the same data everywhere."));
}
