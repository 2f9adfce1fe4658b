using DeepGpu.Data;
using DeepGpu.Numbers;

namespace DeepGpu;

/// <content>Reading: batches, samples, everything at once.</content>
public sealed partial class DataStream
{
    /// <summary>The number of batches of an epoch; null where only reading tells.</summary>
    /// <param name="batchSize">Samples a batch, at least 1.</param>
    public int? BatchCount(int batchSize)
        => Count is { } count ? checked((int)((count + Require.AtLeast(batchSize, 1, nameof(DataStream)) - 1) / batchSize)) : null;

    /// <summary>The batches of one epoch, the last one smaller where the number of samples asks for it.</summary>
    /// <remarks>
    /// Each call reads from the start; calls may overlap. The batches are the same for any number of workers,
    /// and batch k is the same whether
    /// reading began at 0 or at k: a checkpoint needs only (epoch, k).
    /// Leaving the loop early, an error and cancellation all end the background
    /// threads before control returns. An error of a background thread arrives at its batch, with the sample named.
    /// </remarks>
    /// <param name="epoch">From 1. Decides order and random numbers, with the seed.</param>
    /// <param name="batchSize">Samples a batch, at least 1. Default 32.</param>
    /// <param name="startBatch">The first batch to yield, from 0; the samples of earlier ones are not made. Default 0.</param>
    /// <param name="seed">In place of <see cref="Seed"/>; null (the default) for that.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DataStreamException">A sample could not be made.</exception>
    /// <exception cref="TrainingDataException">The samples of a batch have different shapes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<Batch> Batches(int epoch, int batchSize = 32, int startBatch = 0, long? seed = null,
        CancellationToken cancellationToken = default)
        => Batches(epoch, batchSize, startBatch, seed, batch => batch, discard: null, cancellationToken);

    /// <summary>The batches, each given to a function on the thread that made it.</summary>
    internal IEnumerable<T> Batches<T>(int epoch, int batchSize, int startBatch, long? seed, Func<Batch, T> finish, Action<T>? discard,
        CancellationToken cancellationToken)
    {
        var pass = new StreamPass(seed ?? Seed ?? 0, Require.AtLeast(epoch, 1, nameof(DataStream)), cancellationToken);
        Require.AtLeast(batchSize, 1, nameof(DataStream));
        Require.AtLeast(startBatch, 0, nameof(DataStream));
        return Prefetching.Run(token => Assemble(pass with { Cancellation = token }, batchSize, startBatch).Select(finish),
            _ahead, discard, cancellationToken);
    }

    /// <summary>The samples of one epoch, one by one.</summary>
    /// <param name="epoch">From 1. Default 1.</param>
    /// <param name="seed">In place of <see cref="Seed"/>; null (the default) for that.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DataStreamException">A sample could not be made.</exception>
    public IEnumerable<Sample> Samples(int epoch = 1, long? seed = null, CancellationToken cancellationToken = default)
    {
        var pass = new StreamPass(seed ?? Seed ?? 0, Require.AtLeast(epoch, 1, nameof(DataStream)), cancellationToken);
        return Prefetching.Run(token => Samples(pass with { Cancellation = token }, skip: 0, ahead: _workers * 4), _ahead,
            discard: null, cancellationToken);
    }

    /// <summary>Every sample in memory: a stream that fits trains faster as a <see cref="Dataset"/>.</summary>
    /// <param name="epoch">From 1. Default 1: random steps are drawn once, and batch transforms are not applied.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DataStreamException">A sample could not be made.</exception>
    /// <exception cref="TrainingDataException">The samples have different shapes, or there is none.</exception>
    public Dataset ToDataset(int epoch = 1, CancellationToken cancellationToken = default)
        => Dataset.FromSamples(Samples(epoch, seed: null, cancellationToken));

    private IEnumerable<Sample> Samples(StreamPass pass, long skip, int ahead)
    {
        var items = _recipe.Read(pass);
        if (!_recipe.MayLeaveOut) return ItemRun.Run(Skipped(items, skip), _workers, ahead, pass.Cancellation);
        return Skipped(ItemRun.Run(items, _workers, ahead, pass.Cancellation), skip);
    }

    private IEnumerable<Batch> Assemble(StreamPass pass, int batchSize, int startBatch)
    {
        var (samples, number) = (new List<Sample>(), startBatch);
        foreach (var sample in Samples(pass, (long)startBatch * batchSize, Math.Max(batchSize, _workers * 2)))
        {
            samples.Add(sample);
            if (samples.Count < batchSize) continue;
            yield return Finished(samples, pass, number++);
            samples.Clear();
        }

        if (samples.Count > 0) yield return Finished(samples, pass, number);
    }

    private Batch Finished(List<Sample> samples, StreamPass pass, int number)
    {
        var batch = Batch.Of(samples);
        for (var step = 0; step < _transforms.Count; step++) batch = _transforms[step](batch,
            new SampleRandom(pass.Seed, pass.Epoch, number, -1 - step)) ?? throw SampleChecks.NoBatch(number);
        return batch;
    }

    private static IEnumerable<T> Skipped<T>(IEnumerable<T> items, long count)
    {
        foreach (var item in items) if (--count < 0) yield return item;
    }
}
