namespace DeepGpu;

/// <summary>Where the loop gets batches from. The same seed and epoch give the same batches, whoever makes them.</summary>
internal abstract class BatchSource : IDisposable
{
    /// <summary>Samples an epoch; null where only the end of the first epoch tells.</summary>
    public abstract int? Count { get; }

    /// <summary>The batches of an epoch from one on, each made inside the dispose scope in which it is asked for.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batchSize">Samples a batch; the last one may have fewer.</param>
    /// <param name="first">The first batch wanted, from 0.</param>
    /// <param name="cancellation">Ends the wait for a batch.</param>
    public abstract IEnumerable<TensorBatch> Epoch(int epoch, int batchSize, int first = 0, CancellationToken cancellation = default);

    /// <summary>Batches an epoch; null where the number of samples is not known.</summary>
    public int? Batches(int batchSize) => Count is { } count ? (int)(((long)count + batchSize - 1) / batchSize) : null;

    public abstract void Dispose();
}
