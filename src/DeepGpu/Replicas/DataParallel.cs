namespace DeepGpu;

/// <summary>Data-parallel training: every process has the whole model and takes its part of each batch.</summary>
/// <remarks>Modelled on keras.distribution.DataParallel, https://keras.io/api/distribution/. Give it to Compile; with one process it
/// changes nothing. The batch size of Fit is that of all processes together; each takes its contiguous part, the first ones one sample
/// more where they do not share evenly. The step is that of one process with the whole batch, but for the order of sums.</remarks>
/// <param name="Collective">What connects the processes: that of <c>Distribution.Initialize()</c>. Whoever made it disposes it.</param>
public sealed record DataParallel(ICollective Collective)
{
    /// <summary>Whether BatchNormalization takes the statistics of the whole batch, as Keras's <c>synchronized=True</c>; else each
    /// process those of its part, and the moving statistics are those of rank 0. Default false.</summary>
    public bool SynchronizedBatchNormalization { get; init; }

    /// <summary>Bytes of gradients that are sent at a time, at least 1. Default 25 MB, as torch's DistributedDataParallel.</summary>
    public long BucketBytes
    {
        get;
        init => field = value >= 1 ? value : throw Require.OutOfRange(nameof(DataParallel), nameof(BucketBytes), "at least 1", value);
    } = 25_000_000;
}
