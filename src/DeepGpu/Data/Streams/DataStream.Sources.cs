using DeepGpu.Data;

namespace DeepGpu;

/// <content>Where samples come from.</content>
public sealed partial class DataStream
{
    /// <summary>Samples of a dataset in memory.</summary>
    /// <param name="data">The dataset.</param>
    public static DataStream FromDataset(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return FromFunction(data.Count, data.Sample);
    }

    /// <summary>Samples found by their number: the form that workers share best, and that a resumed training
    /// skips into at no cost.</summary>
    /// <param name="count">How many there are, at least 1.</param>
    /// <param name="sample">Makes one, from 0. Workers call it at the same time.</param>
    /// <param name="name">What a sample is called in errors; null for its number.</param>
    public static DataStream FromFunction(int count, Func<int, Sample> sample, Func<int, string>? name = null)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new(SourceRecipe<Sample>.Indexed(Require.AtLeast(count, 1, nameof(DataStream)), i => name?.Invoke(i),
            i => SampleChecks.Whole(sample(i))));
    }

    /// <summary>Samples of a sequence that can be read again: a list, or a query. It is read by one thread at a time.</summary>
    /// <param name="samples">The sequence.</param>
    public static DataStream FromEnumerable(IEnumerable<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return FromGenerator(_ => samples, samples.TryGetNonEnumeratedCount(out var count) ? count : null);
    }

    /// <summary>Samples of an asynchronous sequence that can be read again.</summary>
    /// <param name="samples">The sequence; cancelling a reading cancels it.</param>
    public static DataStream FromAsyncEnumerable(IAsyncEnumerable<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(new SourceRecipe<Sample>(null, pass => Numbered(() => samples.ToBlockingEnumerable(pass.Cancellation))));
    }

    /// <summary>Samples of a generator, called for each epoch.</summary>
    /// <param name="samplesOfEpoch">Yields the samples of an epoch, from 1. The same epoch must yield the same samples.</param>
    /// <param name="count">How many an epoch has; null where only reading tells.</param>
    public static DataStream FromGenerator(Func<int, IEnumerable<Sample>> samplesOfEpoch, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(samplesOfEpoch);
        return new(new SourceRecipe<Sample>(count, pass => Numbered(() => samplesOfEpoch(pass.Epoch))));
    }

    private static IEnumerable<Pending<Sample>> Numbered(Func<IEnumerable<Sample>?> samples)
    {
        using var source = Begin(samples);
        for (var index = 0L; MoveNext(source, index); index++)
        {
            var sample = source.Current;
            yield return new(index, null, () => SampleChecks.Whole(sample));
        }
    }

    private static IEnumerator<Sample> Begin(Func<IEnumerable<Sample>?> samples)
    {
        try
        {
            return samples()?.GetEnumerator()
                ?? throw Require.OutOfRange(nameof(DataStream), nameof(samples), "a sequence for every epoch", null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw DataStreamException.Of(0, null, e);
        }
    }

    private static bool MoveNext(IEnumerator<Sample> source, long index)
    {
        try
        {
            return source.MoveNext();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw DataStreamException.Of(index, null, e);
        }
    }
}
